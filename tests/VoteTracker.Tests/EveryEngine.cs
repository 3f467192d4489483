namespace VoteTracker.Tests;

/// <summary>
/// Marks tests whose result can depend on the database: they run on SQLite and on PostgreSQL. All others run on SQLite
/// only.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class EveryEngineAttribute() : CategoryAttribute("EveryEngine");

/// <summary>
/// Marks a test of a class for every engine whose result does not depend on the database, such as a check of input: it
/// runs on SQLite only.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AnyEngineAttribute() : CategoryAttribute("AnyEngine");
