using System.Data.Common;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Engagements;

/// <summary>
/// The records that a body names: contacts, a resolution, an engagement, team members. It checks each and collects the
/// faults, so that one 400 names every wrong field.
/// </summary>
internal sealed class NamedRecords(Write write, Caller caller, TeamMembers members)
{
    private readonly Dictionary<string, string[]> _errors = new(StringComparer.Ordinal);
    private Team? _team;

    /// <summary>The 400 that names every wrong field; null if none is wrong.</summary>
    public ProblemHttpResult? Problem => _errors.Count == 0 ? null : Problems.Invalid(_errors);

    private DbConnection Connection => write.Connection;

    /// <summary>Adds a fault of a field. Only the first one of each field is kept.</summary>
    public void Wrong(string field, string fault) => _errors.TryAdd(field, [fault]);

    /// <summary>Checks the id of a resolution.</summary>
    public async Task CheckResolution(string field, string? id)
    {
        if (
            id is not null
            && await Connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM resolution WHERE id = @id", new { id })
                == 0
        )
        {
            Wrong(
                field,
                $"must be the id of a resolution, such as es-10-27; they are listed at /v1/resolutions; found {SafeText.Quote(id)}"
            );
        }
    }

    /// <summary>Checks that a contact works for a state, if the state is known. Returns the state of the contact.</summary>
    public async Task<string?> CheckContact(string field, string? id, string? memberState)
    {
        if (id is null)
        {
            return memberState;
        }
        var state = await Connection.QuerySingleOrDefaultAsync<string>(
            "SELECT member_state FROM contact WHERE id = @id",
            new { id }
        );
        if (state is null)
        {
            Wrong(field, "must be the id of a contact");
        }
        else if (memberState is not null && state != memberState)
        {
            Wrong(field, $"must be a contact of {memberState}; it is a contact of {state}");
        }
        return state;
    }

    /// <summary>Checks the number of an engagement with a state, if the state is known.</summary>
    public async Task<StateEngagement?> CheckEngagement(string field, long? id, string? memberState)
    {
        if (id is not { } number)
        {
            return null;
        }
        var engagement = await EngagementStore.Find(Connection, number, caller);
        if (engagement is null)
        {
            Wrong(field, "must be the number of an engagement");
        }
        else if (memberState is not null && engagement.MemberState != memberState)
        {
            Wrong(
                field,
                $"must be an engagement with {memberState}; it is an engagement with {engagement.MemberState}"
            );
        }
        return engagement;
    }

    /// <summary>The label that an assignee stands for.</summary>
    /// <param name="field">The field of the request.</param>
    /// <param name="text">Its text.</param>
    /// <param name="seesRecord">Whether only a key that sees contacts can be the assignee, because no other sees the record.</param>
    public async Task<string?> ReadAssignee(string field, string? text, bool seesRecord = true)
    {
        if (text is null)
        {
            return null;
        }
        _team ??= await members.Load(Connection, caller);
        var (label, fault) = _team.FindValid(text);
        if (fault is not null)
        {
            Wrong(field, fault);
        }
        else if (
            seesRecord
            && _team.Members.FirstOrDefault(member => member.Label == label) is { } member
            && !Rights.List(member.Role).Contains(Right.SeeContacts)
        )
        {
            Wrong(
                field,
                $"must be the label of a key that sees tasks and engagements; the key {SafeText.Quote(member.Label)} has the role {EnumWord<KeyRole>.ToWord(member.Role)}"
            );
        }
        return label;
    }
}
