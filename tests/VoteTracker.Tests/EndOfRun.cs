namespace VoteTracker.Tests;

/// <summary>Tidies up after all tests: what waits for the end of the process is cut off there.</summary>
[SetUpFixture]
public sealed class EndOfRun
{
    [OneTimeTearDown]
    public void TidyUp() => Databases.TidyUp();
}
