using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Tasks;
using VoteTracker.Security;

namespace VoteTracker.Features.Engagements;

/// <summary>
/// An engagement that is corrected to another member state or resolution. Its tasks follow it. A stance cannot, because the
/// position of one state is not that of another.
/// </summary>
internal static class EngagementMove
{
    /// <summary>Adds a fault if a stance of the old member state or resolution names the engagement.</summary>
    public static async Task Check(Write write, NamedRecords named, StateEngagement current, EngagementContent content)
    {
        var movesState = content.MemberState != current.MemberState;
        if (!movesState && (content.Resolution == current.Resolution || current.Resolution is null))
        {
            return;
        }
        var resolution = await write.Connection.QueryFirstOrDefaultAsync<string>(
            """
            SELECT resolution
            FROM stance
            WHERE engagement = @Id AND (@movesState OR resolution = @Resolution)
            ORDER BY resolution
            """,
            new
            {
                current.Id,
                movesState,
                current.Resolution,
            }
        );
        if (resolution is not null)
        {
            named.Wrong(
                movesState ? "memberState" : "resolution",
                $"must stay {(movesState ? current.MemberState : current.Resolution)}, because the stance of {current.MemberState} on {resolution} was heard in this engagement: first change that stance, or clear its engagement"
            );
        }
    }

    /// <summary>Changes the tasks that were about the old member state or resolution.</summary>
    public static async Task MoveTasks(Write write, Caller caller, StateEngagement current, EngagementContent content)
    {
        if (content.MemberState == current.MemberState && content.Resolution == current.Resolution)
        {
            return;
        }
        foreach (var task in await TaskStore.ListOfEngagement(write.Connection, current.Id))
        {
            var moved = task with
            {
                MemberState = task.MemberState == current.MemberState ? content.MemberState : task.MemberState,
                Resolution = task.Resolution == current.Resolution ? content.Resolution : task.Resolution,
                Contact =
                    content.MemberState == current.MemberState || content.Contacts.Contains(task.Contact!)
                        ? task.Contact
                        : null,
            };
            if (moved != task)
            {
                await TaskStore.Update(write, caller, task.Id, moved);
            }
        }
    }
}
