using FsCheck.Fluent;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class VotingRecordTests
{
    private static readonly DateOnly Day = new(2025, 6, 12);
    private static readonly string[] Members = [.. Enumerable.Range(0, 10).Select(Assemblies.Code)];

    [Test]
    public void Predictions_are_chances_and_never_0_or_1()
    {
        Assemblies.ForAll(
            PastResolutions.Any,
            texts =>
            {
                var record = PastResolutions.Record(texts);
                foreach (var view in Views(record))
                {
                    foreach (var chances in Members.Select(view.ChancesOf))
                    {
                        (chances.Yes + chances.No + chances.Abstain + chances.Absent).ShouldBe(1, 1e-12);
                        new[] { chances.Yes, chances.No, chances.Abstain, chances.Absent }.ShouldAllBe(c =>
                            c > 0 && c < 1
                        );
                    }
                }
            }
        );
    }

    [Test]
    public void Resolutions_of_one_day_have_one_order_in_whatever_order_they_are_read()
    {
        // By letters, 36-100 comes before 36-86a and 36-86a before 36-88. By number, 36-88 comes before 36-100.
        string[] ordered = ["36-86a", "36-86b", "36-88", "36-100", "36-100a", "es-10-9", "es-10-10"];
        Assemblies.ForAll(
            Arb.From(Gen.Shuffle(ordered)),
            ids =>
                PastResolutions
                    .Record([.. ids.Select(id => PastResolutions.Create(id, "36", "Budget", Day, Vote.Yes))])
                    .Resolutions.Select(resolution => resolution.Resolution)
                    .ShouldBe(ordered)
        );
    }

    [Test]
    public void A_prediction_does_not_use_later_resolutions()
    {
        Assemblies.ForAll(
            PastResolutions.Any,
            texts =>
            {
                var whole = PastResolutions.Record(texts);
                for (var i = 0; i < texts.Length; i++)
                {
                    // Other later resolutions, and other votes on this one.
                    PastResolution[] until =
                    [
                        .. whole.Resolutions.Take(i),
                        whole.Resolutions[i] with
                        {
                            Names = Turned(whole.Resolutions[i]),
                        },
                    ];
                    var known = PastResolutions.Record(until).Before(i);
                    var next = PastResolutions
                        .Record([.. whole.Resolutions.Take(i)])
                        .Next(whole.Resolutions[i].Session, whole.Resolutions[i].Title, whole.Resolutions[i].Day);
                    var before = whole.Before(i);
                    foreach (var member in Members)
                    {
                        before.Knows(member).ShouldBe(known.Knows(member));
                        if (before.Knows(member))
                        {
                            Close(before.ChancesOf(member), known.ChancesOf(member));
                            Close(before.ChancesOf(member), next.ChancesOf(member));
                        }
                    }
                }
            }
        );
    }

    [Test]
    public void A_constant_vote_is_predicted_again_and_the_newest_counts_most()
    {
        var record = PastResolutions.Record([
            .. Enumerable
                .Range(1, 6)
                .Select(i =>
                    PastResolutions.Create(
                        $"es-1-{i}",
                        "es-1",
                        "Harbour",
                        Day.AddDays(-100 + 10 * i),
                        Vote.Yes,
                        Vote.No,
                        Vote.NonVoting,
                        i <= 4 ? Vote.Yes : Vote.Abstain,
                        i <= 4 ? Vote.Abstain : Vote.Yes
                    )
                ),
        ]);
        var view = record.Next("es-1", "Harbour", Day);
        view.ChancesOf(Members[0]).Yes.ShouldBeGreaterThan(0.8);
        view.ChancesOf(Members[1]).No.ShouldBeGreaterThan(0.6);
        view.ChancesOf(Members[2]).Absent.ShouldBeGreaterThan(0.6);
        view.ChancesOf(Members[3]).Abstain.ShouldBeGreaterThan(view.ChancesOf(Members[3]).Yes);
        view.ChancesOf(Members[4]).Yes.ShouldBeGreaterThan(view.ChancesOf(Members[4]).Abstain);
    }

    [Test]
    public void A_similar_resolution_of_another_session_counts()
    {
        var texts = new[]
        {
            PastResolutions.Create(
                "78-1",
                "78",
                "The question of the lighthouse",
                Day.AddDays(-300),
                Vote.No,
                Vote.Yes
            ),
            PastResolutions.Create("78-2", "78", "Budget", Day.AddDays(-299), Vote.Yes, Vote.Yes),
        };
        var record = PastResolutions.Record(texts);
        record.Next("79", "The question of the lighthouse", Day).ChancesOf(Members[0]).No.ShouldBeGreaterThan(0.3);
        record.Next("79", "Fisheries", Day).ChancesOf(Members[0]).No.ShouldBeLessThan(0.3);
        record
            .Next("79", "The question of the lighthouse", Day)
            .VotesOf(Members[0])
            .Select(v => v.Resolution)
            .ShouldBe(["78-1"]);
    }

    [Test]
    public void The_past_votes_are_listed_with_their_shares()
    {
        Assemblies.ForAll(
            PastResolutions.Any,
            texts =>
            {
                var record = PastResolutions.Record(texts);
                foreach (var view in Views(record))
                {
                    foreach (var member in Members)
                    {
                        var shares = view.VotesOf(member);
                        shares.Sum(s => s.Share).ShouldBeInRange(0, 1);
                        shares.ShouldAllBe(s => s.Share > 0 && s.Vote != Vote.NonVoting);
                        shares.Select(s => s.Share).ShouldBeInOrder(SortDirection.Descending);
                        var chances = view.ChancesOf(member);
                        // Its vote has at least that share in the chances of yes, no and abstain.
                        foreach (var byVote in shares.GroupBy(s => s.Vote))
                        {
                            (chances[byVote.Key] / (1 - chances.Absent)).ShouldBeGreaterThanOrEqualTo(
                                byVote.Sum(s => s.Share) - 1e-9
                            );
                        }
                    }
                }
            }
        );
    }

    [Test]
    public void Without_resolutions_no_member_is_known()
    {
        var view = PastResolutions.Record().Next("es-1", "Harbour", Day);
        view.IsEmpty.ShouldBeTrue();
        view.Knows("ZAF").ShouldBeFalse();
        view.VotesOf("ZAF").ShouldBeEmpty();
        view.ChancesOf("ZAF").Yes.ShouldBe(0.25, 1e-12);
    }

    [Test]
    public void Votes_are_in_order_of_their_days_and_on_the_same_day_of_their_numbers()
    {
        var record = PastResolutions.Record(
            PastResolutions.Create("es-10-10", "es-10", "", Day, Vote.Yes),
            PastResolutions.Create("es-10-9", "es-10", "", Day, Vote.Yes),
            PastResolutions.Create("es-10-l-2", "es-10", "", Day, Vote.Yes),
            PastResolutions.Create("es-9-11", "es-9", "", Day, Vote.Yes),
            PastResolutions.Create("es-11-1", "es-11", "", Day.AddDays(-1), Vote.Yes)
        );
        record
            .Resolutions.Select(t => t.Resolution)
            .ShouldBe(["es-11-1", "es-9-11", "es-10-9", "es-10-10", "es-10-l-2"]);
    }

    private static IEnumerable<RecordPrediction> Views(VotingRecord record) =>
        Enumerable
            .Range(0, record.Resolutions.Count)
            .Select(i => record.Before(i))
            .Append(record.Next("es-1", "Protection of civilians", Day));

    private static string Turned(PastResolution text) =>
        PackedNames.Pack(PackedNames.Unpack(text.Names).Select(n => n with { Vote = (Vote)(((int)n.Vote + 1) % 4) }))
        ?? "";

    private static void Close(Chances a, Chances b)
    {
        foreach (var vote in Enum.GetValues<Vote>())
        {
            a[vote].ShouldBe(b[vote], 1e-12);
        }
    }
}
