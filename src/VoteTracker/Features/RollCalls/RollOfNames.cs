using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>The names of a roll call held against the roll of members of that day.</summary>
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
        // Whoever has or had a seat may be in a roll call, in the list of that day or not; an observer never is.
        var others = Votes
            .Select(v => v.MemberState)
            .Where(iso3 => roster.Find(iso3) is null or { Kind: SeatKind.Observer })
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var nobody = others.Where(iso3 => roster.Find(iso3) is null).ToList();
        var observers = others.Except(nobody, StringComparer.Ordinal).ToList();
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
        var mends = new List<string>();
        if (twice.Count > 0)
        {
            mends.Add($"must name every member once; named more often: {List(twice)}");
        }
        if (nobody.Count > 0)
        {
            mends.Add($"no member has or had these codes, ISO 3166-1 alpha-3 in capitals: {List(nobody)}");
        }
        if (observers.Count > 0)
        {
            mends.Add($"an observer has no vote; remove: {List(observers)}");
        }
        if (missing.Count > 0)
        {
            mends.Add(
                $"members of that day that are not named: {List(missing)}; name them, or say ?missing=non-voting"
            );
        }
        if (mends.Count > 0)
        {
            Errors["votes"] = [.. mends];
        }
    }

    /// <summary>What is wrong with them.</summary>
    public Dictionary<string, string[]> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>The votes, those of missing members added where that was asked for.</summary>
    public IReadOnlyList<RecordedVote> Votes { get; }

    private AnnouncedTotalsRequest? Announced { get; }

    /// <summary>What the rule makes of it: of the announced totals, which are the official ones, else of the names.</summary>
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

    // Codes of the caller are quoted, because characters in them can be invisible. Two hundred are every member.
    private static string List(List<string> codes) => string.Join(", ", codes.Take(200).Select(Shown));

    private static string Shown(string code) =>
        code.Length == 3 && code.All(char.IsAsciiLetterUpper) ? code : SafeText.Quote(code);
}
