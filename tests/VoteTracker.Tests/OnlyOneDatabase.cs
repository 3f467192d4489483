using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace VoteTracker.Tests;

/// <summary>A test about SQLite itself: its files, its log, its copies. A run on PostgreSQL leaves the category out.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OnlySqliteAttribute() : OnlyOneDatabaseAttribute("OnlySqlite", !Databases.ArePostgres);

/// <summary>A test about PostgreSQL itself, or about replicas on it. A run on SQLite leaves the category out.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OnlyPostgresAttribute() : OnlyOneDatabaseAttribute("OnlyPostgres", Databases.ArePostgres);

/// <summary>A category of tests, which say so where they are run by hand on the other database.</summary>
internal abstract class OnlyOneDatabaseAttribute(string name, bool isThis) : CategoryAttribute(name), IApplyToTest
{
    void IApplyToTest.ApplyToTest(Test test)
    {
        ApplyToTest(test);
        if (!isThis && test.RunState == RunState.Runnable)
        {
            test.RunState = RunState.Ignored;
            test.Properties.Set(
                PropertyNames.SkipReason,
                "It is about the other database: VOTETRACKER_TESTS_DATABASE."
            );
        }
    }
}
