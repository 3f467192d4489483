using Dapper;
using Microsoft.Playwright;
using VoteTracker.Tests.Web.Browser;

namespace VoteTracker.Tests;

/// <summary>Prepares what all tests share, and deletes it after them: at the end of the process it is too late.</summary>
[SetUpFixture]
public sealed class WholeRun
{
    [OneTimeSetUp]
    public void Prepare()
    {
        SqlMapper.ConnectionStringComparer = new SameEngine();
        Assertions.SetDefaultExpectTimeout(Chromium.Limit);
    }

    [OneTimeTearDown]
    public async Task TidyUp()
    {
        await Chromium.Close();
        Databases.TidyUp();
    }

    // Dapper compiles a reader for each statement and connection string. Each test has a database of its own, and all
    // databases of an engine have the same tables: they share the readers, as all requests to one service do.
    private sealed class SameEngine : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => IsServer(x) == IsServer(y);

        public int GetHashCode(string obj) => IsServer(obj) ? 1 : 0;

        private static bool IsServer(string? text) => text?.Contains("Host=", StringComparison.Ordinal) == true;
    }
}
