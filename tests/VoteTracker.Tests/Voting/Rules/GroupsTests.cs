using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Rules;

public sealed class GroupsTests
{
    private static readonly DateOnly Day = Assemblies.Day;

    private static readonly Groups Groups = new(
        [
            Group("african-states", GroupScheme.RegionalGroup),
            Group("asia-pacific-states", GroupScheme.RegionalGroup),
            Group("nam", GroupScheme.Bloc),
            Group("g77", GroupScheme.Bloc),
        ],
        [
            new Membership("g77", "ZAF", default),
            new Membership("nam", "ZAF", default),
            new Membership("african-states", "ZAF", default),
            new Membership("asia-pacific-states", "CYP", new Spell(null, Day.AddDays(-1))),
            new Membership("nam", "CYP", new Spell(new DateOnly(1961, 9, 1), Day)),
            new Membership("nam", "MLT", new Spell(new DateOnly(1973, 1, 1), new DateOnly(2004, 4, 30))),
            new Membership("nam", "MLT", new Spell(Day, null)),
        ],
        new DateOnly(2026, 11, 1)
    );

    [Test]
    public void A_state_is_in_its_groups_in_their_order() =>
        Groups.ListFor("ZAF", Day).ShouldBe(["african-states", "nam", "g77"]);

    [Test]
    public void A_state_without_memberships_is_in_no_group() => Groups.ListFor("USA", Day).ShouldBeEmpty();

    [Test]
    public void A_membership_with_dates_holds_from_its_first_day_to_its_last()
    {
        Groups.ListFor("CYP", Day.AddDays(-1)).ShouldBe(["asia-pacific-states", "nam"]);
        Groups.ListFor("CYP", Day).ShouldBe(["nam"]);
        Groups.ListFor("CYP", Day.AddDays(1)).ShouldBeEmpty();
        Groups.ListFor("CYP", new DateOnly(1961, 8, 31)).ShouldBe(["asia-pacific-states"]);
    }

    [Test]
    public void A_state_that_left_a_group_may_come_back()
    {
        Groups.ListFor("MLT", new DateOnly(2004, 4, 30)).ShouldBe(["nam"]);
        Groups.ListFor("MLT", new DateOnly(2004, 5, 1)).ShouldBeEmpty();
        Groups.ListFor("MLT", Day).ShouldBe(["nam"]);
    }

    [TestCase("regional-group", new[] { "african-states", "asia-pacific-states" }, true)]
    [TestCase("bloc", new[] { "nam", "g77" }, false)]
    [TestCase("nam", new[] { "nam" }, true)]
    [TestCase("african-states", new[] { "african-states" }, true)]
    public void A_breakdown_has_these_rows(string by, string[] keys, bool hasNone)
    {
        var grouping = Groups.CreateGrouping(by).ShouldNotBeNull();
        grouping.By.ShouldBe(by);
        grouping.Keys.ShouldBe(keys);
        grouping.HasNone.ShouldBe(hasNone);
    }

    [TestCase("NAM")]
    [TestCase("none")]
    [TestCase("continent")]
    [TestCase("")]
    public void A_breakdown_by_anything_else_does_not_exist(string by) => Groups.CreateGrouping(by).ShouldBeNull();

    [TestCase("regional-group", "ZAF", new[] { "african-states" })]
    [TestCase("regional-group", "CYP", new[] { "none" })]
    [TestCase("regional-group", "USA", new[] { "none" })]
    [TestCase("bloc", "ZAF", new[] { "nam", "g77" })]
    [TestCase("bloc", "USA", new string[0])]
    [TestCase("nam", "ZAF", new[] { "nam" })]
    [TestCase("nam", "USA", new[] { "none" })]
    public void A_state_is_in_these_rows(string by, string iso3, string[] rows) =>
        Groups.CreateGrouping(by).ShouldNotBeNull().ListRows(iso3, Day).ShouldBe(rows);

    private static Group Group(string key, GroupScheme scheme) =>
        new()
        {
            Key = key,
            Scheme = scheme,
            Name = key,
        };
}
