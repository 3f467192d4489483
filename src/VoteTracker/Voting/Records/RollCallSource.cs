namespace VoteTracker.Voting.Records;

/// <summary>The source of a roll call.</summary>
public enum RollCallSource
{
    /// <summary>The record of the United Nations, as the Dag Hammarskjöld Library publishes it.</summary>
    Library,

    /// <summary>A user of this service entered it.</summary>
    Campaign,
}
