using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// The average of all <see cref="DecayModel"/>s as an exponentially weighted forecaster: the weight of a model is
/// proportional to exp(−40 × the sum of its mean log losses on earlier resolutions).
/// </summary>
internal sealed class ModelAverage(VotingRecord record)
{
    // The votes on one resolution are not independent trials, because members move together. No other rate did better
    // on the resolutions until 2009.
    private const double LearningRate = 40;
    private const int FirstScored = 3;
    private const int MaxScored = 60;

    private readonly Losses?[] _losses = new Losses?[record.Resolutions.Count];

    /// <summary>Predicts each member from a window.</summary>
    public RecordPrediction Predict(EvidenceWindow past) => new(record, past, () => Average(past));

    private PlainChances Average(EvidenceWindow past)
    {
        var losses = Enumerable
            .Range(0, past.End)
            .Where(j => j >= FirstScored && IsEmergency(record.Resolutions[j].Session) == IsEmergency(past.Session))
            .TakeLast(MaxScored)
            .Select(LossesOf)
            .ToList();
        var votes = Weights(DecayModel.OfVotes.Count, losses, l => l.Votes);
        var attendance = Weights(DecayModel.OfAttendance.Count, losses, l => l.Attendance);
        var (shares, away) = (new double[3 * record.MemberCount], new double[record.MemberCount]);
        for (var m = 0; m < votes.Length; m++)
        {
            Add(shares, votes[m], PredictVotes(past, DecayModel.OfVotes[m]));
        }
        for (var m = 0; m < attendance.Length; m++)
        {
            Add(away, attendance[m], PredictAbsence(past, DecayModel.OfAttendance[m]));
        }
        return new PlainChances(shares, away, votes);
    }

    private static void Add(double[] sum, double weight, double[] part)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += weight * part[i];
        }
    }

    private static double[] Weights(int models, List<Losses> losses, Func<Losses, double[]> select)
    {
        var scores = new double[models];
        foreach (var loss in losses)
        {
            Add(scores, -LearningRate, select(loss));
        }
        var best = scores.Max();
        var weights = Array.ConvertAll(scores, score => Math.Exp(score - best));
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    // The mean log loss of each model on a resolution, predicted from the resolutions before it.
    private Losses LossesOf(int resolution)
    {
        if (_losses[resolution] is { } known)
        {
            return known;
        }
        var past = record.WindowBefore(resolution, resolution);
        var actual = record.VotesOn(resolution);
        var count = actual.Count(vote => vote != VotingRecord.NotNamed);
        return _losses[resolution] = new Losses(
            [.. DecayModel.OfVotes.Select(model => VoteLoss(PredictVotes(past, model), actual) / count)],
            [.. DecayModel.OfAttendance.Select(model => AbsenceLoss(PredictAbsence(past, model), actual) / count)]
        );
    }

    private static double VoteLoss(double[] shares, byte[] votes) =>
        -votes.Select((vote, m) => vote < (byte)Vote.NonVoting ? Math.Log(shares[3 * m + vote]) : 0).Sum();

    private static double AbsenceLoss(double[] away, byte[] votes) =>
        -votes
            .Select(
                (vote, m) =>
                    vote == VotingRecord.NotNamed ? 0
                    : vote == (byte)Vote.NonVoting ? Math.Log(away[m])
                    : Math.Log(1 - away[m])
            )
            .Sum();

    // For each member, the chances of yes, no and abstain, given that it votes.
    private double[] PredictVotes(EvidenceWindow past, DecayModel model)
    {
        var shares = new double[3 * record.MemberCount];
        foreach (var (index, weight) in past.VoteWeights(model))
        {
            var votes = record.VotesOn(index);
            for (var m = 0; m < votes.Length; m++)
            {
                if (votes[m] < (byte)Vote.NonVoting)
                {
                    shares[3 * m + votes[m]] += weight;
                }
            }
        }
        for (var m = 0; m < record.MemberCount; m++)
        {
            var prior = past.Prior.AsSpan(4 * m, 4);
            var share = shares.AsSpan(3 * m, 3);
            var sum = share[0] + share[1] + share[2] + model.Prior;
            for (var vote = 0; vote < 3; vote++)
            {
                share[vote] = (share[vote] + model.Prior * prior[vote] / (1 - prior[3])) / sum;
            }
        }
        return shares;
    }

    // For each member, the chance that it does not vote.
    private double[] PredictAbsence(EvidenceWindow past, DecayModel model)
    {
        var (away, named) = (new double[record.MemberCount], new double[record.MemberCount]);
        foreach (var (index, weight) in past.AttendanceWeights(model))
        {
            var votes = record.VotesOn(index);
            for (var m = 0; m < votes.Length; m++)
            {
                away[m] += votes[m] == (byte)Vote.NonVoting ? weight : 0;
                named[m] += votes[m] != VotingRecord.NotNamed ? weight : 0;
            }
        }
        for (var m = 0; m < away.Length; m++)
        {
            away[m] = (away[m] + model.Prior * past.Prior[4 * m + 3]) / (named[m] + model.Prior);
        }
        return away;
    }

    private static bool IsEmergency(string session) => session.StartsWith("es-", StringComparison.Ordinal);

    private sealed record Losses(double[] Votes, double[] Attendance);
}
