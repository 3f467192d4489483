using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Tests.Voting.Learning;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.KnownStances;

public sealed class PastForecastsTests
{
    [Test]
    public void What_stances_said_in_the_past_does_not_use_later_votes()
    {
        var whole = PastResolutions.Record(LearnableRecords.Create(240));
        foreach (var earlierDays in (bool[])[false, true])
        {
            // With the plain model, in a regular session, and in an emergency special session.
            foreach (var at in (int[])[60, 221, 229])
            {
                var changed = PastResolutions.Record([
                    .. whole.Resolutions.Take(at),
                    .. whole.Resolutions.Skip(at).Select(Turned),
                ]);
                var (known, other) = (Update(whole, at, earlierDays), Update(changed, at, earlierDays));
                known.Stances.ShouldBe(4);
                other.Chances.ShouldBe(known.Chances);
                // The stances count: they change the chances of others.
                known.Chances[6].ShouldNotBe(Forecast(whole, at, earlierDays).Chances[6]);
            }
        }
    }

    [Test]
    public void A_number_of_known_votes_that_no_resolution_has_is_left_out()
    {
        var record = PastResolutions.Record(LearnableRecords.Create(40));
        var result = new RevealBacktest([500, 2]).Run(
            new PastForecasts(record, earlierDays: false).Forecast(resolution => resolution.Session == "es-1")
        );
        result.Resolutions.ShouldBe(4);
        result.Random.Select(score => score.Known).ShouldBe([0, 2]);
        result.Asked.Select(score => score.Known).ShouldBe([0, 2]);
        result.Random.Concat(result.Asked).ShouldAllBe(score => double.IsFinite(score.Rest));
    }

    private static StanceUpdate Update(VotingRecord record, int at, bool earlierDays)
    {
        var forecast = Forecast(record, at, earlierDays);
        return forecast.Factors.Update([
            .. forecast.Names.Select(
                (name, i) =>
                    new MemberWithRecord(
                        name.MemberState,
                        forecast.Chances[i],
                        i < 4 ? Vote.Abstain : null,
                        i < 4 ? 0.9 : 0
                    )
            ),
        ])!;
    }

    private static PastForecast Forecast(VotingRecord record, int at, bool earlierDays) =>
        new PastForecasts(record, earlierDays)
            .Forecast(resolution => resolution.Resolution == record.Resolutions[at].Resolution)
            .Single();

    private static PastResolution Turned(PastResolution resolution) =>
        resolution with
        {
            Names = PackedNames.Pack(
                PackedNames.Unpack(resolution.Names).Select(n => n with { Vote = (Vote)(((int)n.Vote + 1) % 4) })
            )!,
        };
}
