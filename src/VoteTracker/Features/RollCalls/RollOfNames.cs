using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>Compares the names of a roll call with the members of that day.</summary>
internal sealed class RollOfNames
{
    public RollOfNames(RecordRollCallRequest request, Roster roster, bool missingIsNonVoting)
    {
        var votes = request.Votes!.Select(v => new RecordedVote
        {
            MemberState = v!.MemberState!,
            Vote = v.Vote!.Value,
            Intended = v.Intended,
        });
        Announced = request.Announced;
        Votes = [.. votes];
        var twice = Votes.CountBy(v => v.MemberState).Where(c => c.Value > 1).Select(c => c.Key).ToList();
        // Every current or former member can be in a roll call, whatever the list of that day; an observer cannot.
        var others = Votes
            .Select(v => v.MemberState)
            .Where(iso3 => roster.Find(iso3) is null or { Kind: SeatKind.Observer })
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var unknown = others.Where(iso3 => roster.Find(iso3) is null).ToList();
        var observers = others.Except(unknown, StringComparer.Ordinal).ToList();
        var named = Votes.Select(v => v.MemberState).ToHashSet(StringComparer.Ordinal);
        var missing = roster.MembersOn(request.RecordedOn!.Value).Where(iso3 => !named.Contains(iso3)).ToList();
        if (missingIsNonVoting)
        {
            Votes =
            [
                .. Votes,
                .. missing.Select(iso3 => new RecordedVote
                {
                    MemberState = iso3,
                    Vote = Vote.NonVoting,
                    Intended = null,
                }),
            ];
            missing.Clear();
        }
        var problems = new List<string>();
        if (twice.Count > 0)
        {
            problems.Add($"must name every member once; named more often: {List(twice)}");
        }
        if (unknown.Count > 0)
        {
            problems.Add($"no member has or had these codes, ISO 3166-1 alpha-3 in capitals: {List(unknown)}");
        }
        if (observers.Count > 0)
        {
            problems.Add($"an observer has no vote; remove: {List(observers)}");
        }
        if (missing.Count > 0)
        {
            problems.Add(
                $"members of that day that are not named: {List(missing)}; name them, or add ?missing=non-voting"
            );
        }
        if (problems.Count > 0)
        {
            Errors["votes"] = [.. problems];
        }
    }

    /// <summary>The problems of the names.</summary>
    public Dictionary<string, string[]> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>The votes, with those of missing members if the request adds them.</summary>
    public IReadOnlyList<RecordedVote> Votes { get; }

    private AnnouncedTotalsRequest? Announced { get; }

    /// <summary>The result by the rule: from the announced totals, which are official, or else from the names.</summary>
    public ResolutionStatus? Decides(MajorityRule rule)
    {
        var counted = VoteTotals.FromVotes(Votes);
        return rule.Reached(Announced?.Yes ?? counted.Yes, Announced?.No ?? counted.No) switch
        {
            true => ResolutionStatus.Adopted,
            false => ResolutionStatus.NotAdopted,
            null => null,
        };
    }

    // The caller's codes are quoted, because they can contain invisible characters. Two hundred covers every member.
    private static string List(List<string> codes) => string.Join(", ", codes.Take(200).Select(QuoteUnlessCode));

    private static string QuoteUnlessCode(string code) =>
        code.Length == 3 && code.All(char.IsAsciiLetterUpper) ? code : SafeText.Quote(code);
}
