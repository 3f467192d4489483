namespace VoteTracker.Tests;

/// <summary>
/// Marks tests whose result can depend on the database: they run on SQLite and on PostgreSQL. All others run on SQLite
/// only.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class EveryEngineAttribute() : CategoryAttribute("EveryEngine");
