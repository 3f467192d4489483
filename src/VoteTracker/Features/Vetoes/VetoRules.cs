using VoteTracker.Database;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Sessions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Vetoes;

/// <summary>The rules for vetoes that need the other records.</summary>
internal static class VetoRules
{
    /// <summary>The description of the 404 in the contract.</summary>
    public const string NotFoundDescription = "No veto has that id.";

    /// <summary>Finds what is wrong with each field; empty if nothing is.</summary>
    public static async Task<Dictionary<string, string[]>> FindErrors(
        Write write,
        Caller caller,
        ReferenceData referenceData,
        CouncilVetoFields fields
    )
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var day = fields.On!.Value;
        if (day > NewYork.DayOf(write.Now))
        {
            errors["on"] = ["must not be in the future"];
        }
        var permanent = ConveningRule.PermanentMembersOn(referenceData.Roster, day);
        var others = fields.Against!.OfType<string>().Except(permanent).ToList();
        if (others.Count > 0)
        {
            errors["against"] =
            [
                $"must have the codes of permanent members on {day:O}: {string.Join(", ", permanent)}; found {string.Join(", ", others.Select(SafeText.Quote))}",
            ];
        }
        if (fields.Session is { } id)
        {
            if (await SessionStore.Find(write.Connection, id, caller, write.Now) is not { } session)
            {
                errors["session"] = [await SessionStore.DescribeUnknown(write.Connection, id, caller)];
            }
            else if (session.HasConvened && session.OpenedOn < day)
            {
                errors["session"] =
                [
                    $"must be a session that opened after the veto; {id} opened on {session.OpenedOn:O}",
                ];
            }
        }
        return errors;
    }
}
