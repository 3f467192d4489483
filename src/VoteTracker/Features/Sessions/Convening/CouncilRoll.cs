using System.Globalization;
using VoteTracker.Endpoints.Text;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Checks that the votes or totals of a request can be those of the Security Council on that day.</summary>
internal static class CouncilRoll
{
    /// <summary>Finds what is wrong with each field; empty if nothing is.</summary>
    public static Dictionary<string, string[]> FindErrors(
        RecordCouncilVoteRequest request,
        Session session,
        Roster roster,
        DateOnly today
    )
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var day = request.On!.Value;
        if (day > today)
        {
            errors["on"] = ["must not be in the future"];
        }
        else if (session.HasConvened && day > session.OpenedOn)
        {
            errors["on"] = [$"must not be after {session.OpenedOn:O}, the day on which the session convened"];
        }
        // Not in the validator, because the contract would then have it as a required field.
        else if (request.Votes is null && request.Totals is null)
        {
            errors["votes"] = ["is required, or totals instead: exactly one of the two"];
        }
        else if (request.Votes is { } votes)
        {
            List<string> faults = [.. FindWrongVotes(votes, roster, day)];
            if (faults.Count > 0)
            {
                errors["votes"] = [.. faults];
            }
        }
        else if (request.Totals is { } t && t.Yes + t.No + t.Abstain > ConveningRule.CouncilMembers(day))
        {
            errors["totals"] =
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"must add up to at most {ConveningRule.CouncilMembers(day)}, the members of the Council on {day:O}; found {t.Yes + t.No + t.Abstain}"
                ),
            ];
        }
        return errors;
    }

    private static IEnumerable<string> FindWrongVotes(
        IReadOnlyList<CouncilMemberVoteRequest?> votes,
        Roster roster,
        DateOnly day
    )
    {
        var codes = votes.Select(vote => vote!.MemberState!).ToList();
        var members = ConveningRule.CouncilMembers(day);
        if (codes.Count != members)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"must name the {members} members of the Council on {day:O}; found {codes.Count}"
            );
        }
        var others = codes.Where(code => roster.Find(code)?.IsMemberOn(day) != true).Distinct().ToList();
        if (others.Count > 0)
        {
            yield return $"must name members of the United Nations on {day:O}; found {Quoted(others)}";
        }
        var repeated = codes.CountBy(code => code).Where(p => p.Value > 1).Select(p => p.Key).ToList();
        if (repeated.Count > 0)
        {
            yield return $"must name every member of the Council once; found twice {Quoted(repeated)}";
        }
        var missing = ConveningRule.PermanentMembersOn(roster, day).Except(codes).ToList();
        if (missing.Count > 0)
        {
            yield return $"must name every permanent member; missing {string.Join(", ", missing)}";
        }
    }

    private static string Quoted(IReadOnlyList<string> codes) =>
        string.Join(", ", codes.Take(10).Select(SafeText.Quote));
}
