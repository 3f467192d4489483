using System.Globalization;
using VoteTracker.Live;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Learning;

namespace VoteTracker.Features.Forecasts;

/// <summary>What a forecast could not use.</summary>
public enum MissingFact
{
    /// <summary>The learned model of this record is being built. Until it is ready, the forecast is from the plain model.</summary>
    Model,

    /// <summary>The learned model of this record could not be built, so the forecast is from the plain model. The log has the reason.</summary>
    ModelFailed,

    /// <summary>The record has too few roll calls to learn from, so the forecast is from the plain model.</summary>
    RollCalls,

    /// <summary>The title has no significant words, so no resolution has a similar title.</summary>
    Title,

    /// <summary>The agenda item is not known, so that the titles count in its place.</summary>
    Agenda,

    /// <summary>A member that may vote has no votes in the record. It is forecast like all members.</summary>
    Votes,
}

/// <summary>Finds what a forecast could not use.</summary>
internal static class MissingFacts
{
    /// <summary>Lists what is missing.</summary>
    public static IEnumerable<MissingFact> List(ForecastSnapshot snapshot)
    {
        var prediction = snapshot.Prediction;
        if (prediction.Model == ForecastModel.Plain)
        {
            yield return snapshot.Record.Record.Resolutions.Count < LearnedModel.MinRollCalls ? MissingFact.RollCalls
            : snapshot.Factors.IsReady ? MissingFact.ModelFailed
            : MissingFact.Model;
        }
        if (!prediction.HasTitle)
        {
            yield return MissingFact.Title;
        }
        if (prediction.Learned is { HasAgenda: false })
        {
            yield return MissingFact.Agenda;
        }
        if (snapshot.Members.Any(member => !prediction.Knows(member.Ballot.MemberState)))
        {
            yield return MissingFact.Votes;
        }
    }

    /// <summary>The same in one sentence.</summary>
    public static string Describe(MissingFact missing) =>
        missing switch
        {
            MissingFact.Model =>
                "Missing: the learned model is being built from the record. Until it is ready, the plain model predicts.",
            MissingFact.ModelFailed =>
                "Missing: the learned model could not be built from the record, so the plain model predicts. The log has the reason.",
            MissingFact.RollCalls => string.Create(
                CultureInfo.InvariantCulture,
                $"Missing: the record has fewer than {LearnedModel.MinRollCalls} roll calls, which are too few to learn from. The plain model predicts."
            ),
            MissingFact.Title => "Missing: the title has no significant words, so no resolution has a similar title.",
            MissingFact.Agenda =>
                "Missing: the agenda item is not known. The similarity of titles counts in its place.",
            _ => "Missing: at least one member has no votes in the record. It is forecast like all members.",
        };
}
