using VoteTracker.Database;

namespace VoteTracker.Tests.Database;

/// <summary>The rules for the file names of migrations.</summary>
public sealed class MigrationListTests
{
    private static readonly string[] BeforeTheGap =
    [
        "0001-one.sql",
        "0002-two.sql",
        "0003-three.sql",
        "0004-four.sql",
        "0005-five.sql",
    ];

    [Test]
    public void The_version_of_a_migration_is_the_number_in_its_name()
    {
        MigrationList.Gaps.ShouldBe([6]);
        Parse(["0008-eight.sql", "0007-seven.sql", .. BeforeTheGap])
            .Select(m => (m.Version, m.Name))
            .ShouldBe([
                (1, "0001-one.sql"),
                (2, "0002-two.sql"),
                (3, "0003-three.sql"),
                (4, "0004-four.sql"),
                (5, "0005-five.sql"),
                (7, "0007-seven.sql"),
                (8, "0008-eight.sql"),
            ]);
    }

    [Test]
    public void A_file_in_the_listed_gap_is_a_fault_of_the_build()
    {
        var message = Fault([.. BeforeTheGap, "0006-six.sql", "0007-seven.sql"]);
        message.ShouldContain("0006-six.sql");
        message.ShouldContain("must stay unused");
        Fault([.. BeforeTheGap, "0006-six.sql"]).ShouldContain("must stay unused");
    }

    [Test]
    public void Two_files_with_one_number_are_a_fault_of_the_build_and_both_are_named()
    {
        var message = Fault(["0001-one.sql", "0002-two.sql", "0002-deux.sql", "0003-three.sql"]);
        message.ShouldContain("0002-two.sql");
        message.ShouldContain("0002-deux.sql");
        message.ShouldContain("the same number");
    }

    [TestCase("0002 is missing before 0003-three.sql", "0001-one.sql", "0003-three.sql")]
    [TestCase("0001 is missing before 0002-two.sql", "0002-two.sql", "0003-three.sql")]
    public void A_gap_that_is_not_listed_is_a_fault_of_the_build(string message, params string[] names) =>
        Fault(names).ShouldContain(message);

    [Test]
    public void The_number_after_the_listed_gap_is_not_skipped() =>
        Fault([.. BeforeTheGap, "0008-eight.sql"]).ShouldContain("0007 is missing before 0008-eight.sql");

    [TestCase("1-one.sql")]
    [TestCase("00001-one.sql")]
    [TestCase("0000-zero.sql")]
    [TestCase("one.sql")]
    [TestCase("0001.sql")]
    [TestCase("0001-.sql")]
    [TestCase("0001_one.sql")]
    [TestCase("0001-One.sql")]
    [TestCase("0001-one.sql\n")]
    [TestCase("Later.0001-one.sql")]
    public void A_malformed_name_is_a_fault_of_the_build(string name)
    {
        var message = Fault([name]);
        message.ShouldContain(name);
        message.ShouldContain("must be named like");
    }

    [Test]
    public void A_build_without_migrations_is_faulty() => Fault([]).ShouldContain("no migrations");

    private static string Fault(string[] names)
    {
        var message = Should.Throw<BuildFaultException>(() => Parse(names)).Message;
        message.ShouldStartWith("This build of VoteTracker is faulty");
        return message;
    }

    private static IReadOnlyList<Migration> Parse(string[] names) => MigrationList.Parse(names.Select(n => (n, "")));
}
