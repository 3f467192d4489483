using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Security;

/// <summary>The problems of a missing, wrong or insufficient key.</summary>
internal static class KeyProblems
{
    /// <summary>401: no valid key has this text.</summary>
    public static ProblemHttpResult BadKey(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return ProblemTypes.InvalidKey.Create();
    }

    /// <summary>401 without a key, 403 with a key whose role does not have the right.</summary>
    public static ProblemHttpResult RoleTooLow(HttpContext http, Caller caller, Right right)
    {
        var needed = Rights.DescribeRoles(right, "or higher");
        if (caller.Role is { } role)
        {
            RefusedRights.Note(http);
            return ProblemTypes.RoleTooLow.Create(needed, EnumWord<KeyRole>.ToWord(role));
        }
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemTypes.KeyNeeded.Create(needed);
    }
}
