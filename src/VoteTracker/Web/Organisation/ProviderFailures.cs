namespace VoteTracker.Web.Organisation;

/// <summary>Tells a provider that cannot be reached from one that rejects a sign-in.</summary>
internal static class ProviderFailures
{
    /// <summary>Whether the failure is one of the connection to the provider, or of its configuration document.</summary>
    public static bool IsUnreachable(Exception? exception) =>
        exception switch
        {
            null => false,
            HttpRequestException or IOException or TaskCanceledException or TimeoutException => true,
            // IDX20803 and IDX20807: the configuration document cannot be read.
            InvalidOperationException { Message: var message }
                when message.StartsWith("IDX2080", StringComparison.Ordinal) => true,
            _ => IsUnreachable(exception.InnerException),
        };
}
