using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Rules;

public sealed class NewYorkTests
{
    [TestCase("2026-11-21T22:10:00Z", "2026-11-21")]
    [TestCase("2026-11-22T04:59:59Z", "2026-11-21")]
    [TestCase("2026-11-22T05:00:00Z", "2026-11-22")]
    [TestCase("2026-07-02T03:59:59Z", "2026-07-01")]
    [TestCase("2026-07-02T04:00:00Z", "2026-07-02")]
    [TestCase("2026-03-08T04:59:59Z", "2026-03-07")]
    [TestCase("2026-03-09T03:59:59Z", "2026-03-08")]
    [TestCase("2026-03-09T04:00:00Z", "2026-03-09")]
    [TestCase("2026-11-01T04:00:00Z", "2026-11-01")]
    [TestCase("2026-11-02T04:59:59Z", "2026-11-01")]
    [TestCase("2026-11-02T05:00:00Z", "2026-11-02")]
    [TestCase("2026-11-22T05:30:00+02:00", "2026-11-21")]
    [TestCase("2027-01-01T00:00:00Z", "2026-12-31")]
    public void A_moment_is_in_this_day_of_New_York(string moment, string day) =>
        NewYork.DayOf(Moment(moment)).ShouldBe(Day(day));

    [TestCase("2026-11-21", "2026-11-21T05:00:00Z")]
    [TestCase("2026-07-01", "2026-07-01T04:00:00Z")]
    [TestCase("2026-03-08", "2026-03-08T05:00:00Z")]
    [TestCase("2026-03-09", "2026-03-09T04:00:00Z")]
    [TestCase("2026-11-01", "2026-11-01T04:00:00Z")]
    [TestCase("2026-11-02", "2026-11-02T05:00:00Z")]
    public void A_day_starts_at_that_moment_of_utc(string day, string moment)
    {
        var start = NewYork.StartOf(Day(day));
        start.ShouldBe(Moment(moment));
        start.Offset.ShouldBe(TimeSpan.Zero);
    }

    [TestCase("2026-03-08", 23)]
    [TestCase("2026-11-01", 25)]
    [TestCase("2026-11-21", 24)]
    public void A_day_has_23_24_or_25_hours(string day, int hours) =>
        (NewYork.StartOf(Day(day).AddDays(1)) - NewYork.StartOf(Day(day))).ShouldBe(TimeSpan.FromHours(hours));

    [Test]
    public void A_day_begins_at_its_start_and_not_a_tick_before()
    {
        for (var day = new DateOnly(1945, 10, 24); day.Year < 2040; day = day.AddDays(1))
        {
            var start = NewYork.StartOf(day);
            NewYork.DayOf(start).ShouldBe(day);
            NewYork.DayOf(start.AddTicks(-1)).ShouldBe(day.AddDays(-1));
        }
    }

    private static DateTimeOffset Moment(string moment) => DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
