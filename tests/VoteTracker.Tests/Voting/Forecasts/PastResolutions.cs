using FsCheck;
using FsCheck.Fluent;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Forecasts;

/// <summary>Records of past votes, chosen or random.</summary>
internal static class PastResolutions
{
    private static readonly string[] Titles =
    [
        "Protection of civilians in the harbour",
        "Protection of civilians and of ships",
        "The question of the lighthouse",
        "Budget",
    ];

    /// <summary>Any record of 0 to 12 resolutions of three sessions and 9 members, not all named in each.</summary>
    public static Arbitrary<PastResolution[]> Any { get; } =
        Arb.From(
            from size in Gen.Choose(0, 12)
            from texts in One.ArrayOf(size)
            select texts
                .Select(
                    (text, i) => text with { Resolution = $"{text.Session}-{i + 1}", Day = text.Day.AddDays(90 * i) }
                )
                .ToArray()
        );

    private static Gen<PastResolution> One =>
        from session in Gen.Elements("es-1", "es-2", "78")
        from title in Gen.Elements(Titles)
        from votes in Gen.Frequency(
                (9, Gen.Elements(Enum.GetValues<Vote>()).Select(vote => (Vote?)vote)),
                (1, Gen.Constant((Vote?)null))
            )
            .ArrayOf(9)
        select Create("", session, title, new DateOnly(2020, 1, 1), votes);

    public static PastResolution Create(
        string resolution,
        string session,
        string title,
        DateOnly day,
        params Vote?[] votes
    ) =>
        new()
        {
            Resolution = resolution,
            Session = session,
            Title = title,
            Day = day,
            Names =
                PackedNames.Pack(
                    votes
                        .Select((vote, i) => (Member: Assemblies.Code(i), vote))
                        .Where(name => name.vote is not null)
                        .Select(name => new NamedVote(name.Member, name.vote!.Value))
                ) ?? "",
        };

    /// <summary>Two regional groups, and a member without a group.</summary>
    public static string? RegionOf(string member) =>
        member == Assemblies.Code(8) ? null
        : member[2] % 2 == 0 ? "even"
        : "odd";

    public static VotingRecord Record(params PastResolution[] texts) => new(texts, RegionOf);
}
