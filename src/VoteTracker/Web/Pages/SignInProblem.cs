using VoteTracker.Security;

namespace VoteTracker.Web.Pages;

/// <summary>The status and the message of each reason why no session began.</summary>
internal static class SignInProblem
{
    public static int StatusOf(SignInFault fault) =>
        fault switch
        {
            SignInFault.NoKey or SignInFault.Failed => StatusCodes.Status400BadRequest,
            SignInFault.WrongKey => StatusCodes.Status401Unauthorized,
            SignInFault.NoRole or SignInFault.Revoked or SignInFault.Denied => StatusCodes.Status403Forbidden,
            SignInFault.Unreachable => StatusCodes.Status503ServiceUnavailable,
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, message: null),
        };

    public static string TextOf(SignInFault fault) =>
        fault switch
        {
            SignInFault.NoKey => "sign-in.no-key",
            SignInFault.WrongKey => "sign-in.wrong-key",
            SignInFault.NoRole => "sign-in.no-role",
            SignInFault.Revoked => "sign-in.revoked",
            SignInFault.Denied => "sign-in.denied",
            SignInFault.Unreachable => "sign-in.unreachable",
            SignInFault.Failed => "sign-in.failed",
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, message: null),
        };
}
