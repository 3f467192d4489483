using System.Data.Common;
using Dapper;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Briefs;

/// <summary>
/// The votes of a member on the most similar resolutions: those with the largest weights in the forecast from the record.
/// </summary>
internal static class SimilarVotes
{
    /// <summary>Loads them. A vote that the record does not have, or in which the member did not vote, is left out.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="prediction">The prediction of the resolution from the record.</param>
    /// <param name="memberState">The code of the member.</param>
    /// <param name="limit">The largest number of votes.</param>
    public static async Task<IReadOnlyList<SimilarVote>> Load(
        DbConnection connection,
        RecordPrediction prediction,
        string memberState,
        int limit
    )
    {
        var shares = prediction.VotesOf(memberState).Take(limit).ToList();
        if (shares.Count == 0)
        {
            return [];
        }
        var titles = (
            await connection.QueryAsync<TitleRow>(
                "SELECT id, symbol, title FROM resolution WHERE id IN @ids",
                new { ids = shares.Select(share => share.Resolution) }
            )
        ).ToDictionary(row => row.Id, StringComparer.Ordinal);
        return
        [
            .. shares
                // The cached record can be older than this read.
                .Where(share => titles.ContainsKey(share.Resolution))
                .Select(share => new SimilarVote
                {
                    Resolution = share.Resolution,
                    Symbol = titles[share.Resolution].Symbol,
                    Title = titles[share.Resolution].Title,
                    Session = share.Session,
                    Day = share.Day,
                    Vote = share.Vote,
                    Share = share.Share,
                }),
        ];
    }

    /// <summary>What the record before a vote predicts for a resolution that was put to the vote.</summary>
    public static RecordPrediction PredictVoted(VotingRecord record, Resolution resolution, DateOnly day) =>
        record.Before(
            new PastResolution
            {
                Resolution = resolution.Id,
                Session = resolution.Session,
                Title = resolution.Title,
                Day = day,
                Names = "",
            }
        );

    private sealed record TitleRow
    {
        public string Id { get; init; } = "";
        public string? Symbol { get; init; }
        public string Title { get; init; } = "";
    }
}
