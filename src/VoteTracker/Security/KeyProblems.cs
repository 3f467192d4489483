using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Security;

/// <summary>What is wrong with a key.</summary>
internal static class KeyProblems
{
    /// <summary>401: a key that is none.</summary>
    public static ProblemHttpResult BadKey(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Problems.Create(
            StatusCodes.Status401Unauthorized,
            "invalid-key",
            "The key is not valid",
            "The Authorization header must be 'Bearer vt_…' with a key that exists, has not expired and is not revoked. Without the header, what is public is answered."
        );
    }

    /// <summary>401 without a key, 403 with one whose role is too low.</summary>
    public static ProblemHttpResult RoleTooLow(HttpContext http, Caller caller, Role needed)
    {
        var role = EnumWord<Role>.ToWord(needed);
        if (caller.Role != Role.Anonymous)
        {
            return Problems.Create(
                StatusCodes.Status403Forbidden,
                "role-too-low",
                "The key's role is too low",
                $"This needs role {role} or higher; the key is {EnumWord<Role>.ToWord(caller.Role)}."
            );
        }
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Create(
            StatusCodes.Status401Unauthorized,
            "key-needed",
            "A key is needed",
            $"This needs a key of role {role} or higher, as 'Authorization: Bearer vt_…'."
        );
    }
}
