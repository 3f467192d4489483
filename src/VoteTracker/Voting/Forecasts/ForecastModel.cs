namespace VoteTracker.Voting.Forecasts;

/// <summary>The model that predicts votes from the record.</summary>
public enum ForecastModel
{
    /// <summary>An average of models with fixed weights of past votes. It needs few roll calls.</summary>
    Plain,

    /// <summary>Learned from the whole record. It needs at least 200 roll calls.</summary>
    Learned,
}
