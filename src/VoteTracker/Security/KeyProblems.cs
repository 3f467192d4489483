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

    /// <summary>401: the key was valid until a moment. Only its holder can learn this.</summary>
    public static ProblemHttpResult ExpiredKey(HttpContext http, DateTimeOffset expiredAt)
    {
        http.Response.Headers.WWWAuthenticate =
            "Bearer error=\"invalid_token\", error_description=\"The key has expired\"";
        return ProblemTypes.InvalidKey.CreateWith("expiredAt", expiredAt);
    }

    /// <summary>401 without a key, 403 with a key whose role or scope does not have the right.</summary>
    public static ProblemHttpResult RoleTooLow(HttpContext http, Caller caller, Right right)
    {
        var needed = Rights.DescribeRoles(right, "or higher");
        if (caller.Role is { } role)
        {
            RefusedRights.Note(http);
            if (caller.Scope is { } scope && Rights.List(role).Contains(right))
            {
                return ProblemTypes.OutOfScope.Create(string.Join(", ", KeyScope.Parse(scope.Text)!));
            }
            return ProblemTypes.RoleTooLow.Create(needed, EnumWord<KeyRole>.ToWord(role));
        }
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return ProblemTypes.KeyNeeded.Create(needed);
    }
}
