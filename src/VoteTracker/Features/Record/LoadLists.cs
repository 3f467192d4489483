using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Sessions.Convening;

namespace VoteTracker.Features.Record;

/// <summary>Loads the member states with the dates of their membership, the groups and the sessions.</summary>
internal sealed class LoadLists(FactFiles files)
{
    public async Task Handle(Write write)
    {
        await MemberStates(write);
        await Groups(write);
        await Sessions(write);
    }

    private async Task MemberStates(Write write)
    {
        var states = files.Rows(
            "member-states.csv",
            csv => new
            {
                Iso3 = csv.Text("iso3"),
                Iso2 = csv.Text("iso2"),
                M49 = csv.Text("m49"),
                Kind = csv.Text("kind"),
                UndlName = csv.Text("undl_name"),
                NameEn = csv.Text("name_en"),
                NameFr = csv.Text("name_fr"),
                NameEs = csv.Text("name_es"),
                NameRu = csv.Text("name_ru"),
                NameZh = csv.Text("name_zh"),
                NameAr = csv.Text("name_ar"),
                FormalEn = csv.Text("formal_en"),
                MemberFrom = csv.Day("member_from"),
                MemberUntil = csv.Day("member_until"),
                RegionalGroup = csv.Text("regional_group"),
                GroupNote = csv.Text("group_note"),
            }
        );
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO member_state (
                iso3, iso2, m49, kind, undl_name, name_en, name_fr, name_es, name_ru, name_zh, name_ar,
                formal_en, member_from, member_until, regional_group, group_note
            )
            VALUES (
                @Iso3, @Iso2, @M49, @Kind, @UndlName, @NameEn, @NameFr, @NameEs, @NameRu, @NameZh, @NameAr,
                @FormalEn, @MemberFrom, @MemberUntil, @RegionalGroup, @GroupNote
            )
            ON CONFLICT (iso3) DO UPDATE SET
                iso2 = excluded.iso2, m49 = excluded.m49, kind = excluded.kind, undl_name = excluded.undl_name,
                name_en = excluded.name_en, name_fr = excluded.name_fr, name_es = excluded.name_es,
                name_ru = excluded.name_ru, name_zh = excluded.name_zh, name_ar = excluded.name_ar,
                formal_en = excluded.formal_en, member_from = excluded.member_from,
                member_until = excluded.member_until, regional_group = excluded.regional_group,
                group_note = excluded.group_note
            """,
            states
        );
        await write.Connection.ExecuteAsync("DELETE FROM membership_break");
        await write.Connection.ExecuteAsync(
            "INSERT INTO membership_break (iso3, from_day, until_day, why) VALUES (@Iso3, @From, @Until, @Why)",
            files.Rows(
                "membership-breaks.csv",
                csv => new
                {
                    Iso3 = csv.Text("iso3"),
                    From = csv.Day("from"),
                    Until = csv.Day("until"),
                    Why = csv.Text("why"),
                }
            )
        );
    }

    private async Task Groups(Write write)
    {
        await write.Connection.ExecuteAsync("DELETE FROM group_membership");
        await write.Connection.ExecuteAsync("DELETE FROM state_group");
        await write.Connection.ExecuteAsync(
            "INSERT INTO state_group (ordinal, key, scheme, name) VALUES (@Ordinal, @Key, @Scheme, @Name)",
            files.Rows(
                "groups.csv",
                csv => new
                {
                    Ordinal = csv.RowNumber,
                    Key = csv.Text("key"),
                    Scheme = csv.Text("scheme"),
                    Name = csv.Text("name"),
                }
            )
        );
        await write.Connection.ExecuteAsync(
            "INSERT INTO group_membership (group_key, iso3, from_day, until_day) VALUES (@Group, @Iso3, @From, @Until)",
            files.Rows(
                "group-memberships.csv",
                csv => new
                {
                    Group = csv.Text("group"),
                    Iso3 = csv.Text("iso3"),
                    From = csv.Day("from"),
                    Until = csv.Day("until"),
                }
            )
        );
    }

    // A session that a user has changed is not changed.
    private async Task Sessions(Write write)
    {
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO session (id, number, emergency, opened_on, closed_on, subject, called_by, kind, version)
            VALUES (
                @Id, @Number, TRUE, @OpenedOn, @ClosedOn, @Subject, @CalledBy, 'new-emergency-session',
                {Incarnation.FirstVersionOfNew}
            )
            ON CONFLICT (id) DO UPDATE SET
                opened_on = excluded.opened_on, closed_on = excluded.closed_on,
                subject = excluded.subject, called_by = excluded.called_by, version = session.version + 1
            WHERE session.changed_by IS NULL AND (
                session.opened_on IS DISTINCT FROM excluded.opened_on
                OR session.closed_on IS DISTINCT FROM excluded.closed_on
                OR session.subject <> excluded.subject OR session.called_by IS DISTINCT FROM excluded.called_by
            )
            """,
            files.Rows(
                "sessions.csv",
                csv => new
                {
                    Id = csv.Text("id"),
                    Number = csv.Number("number"),
                    OpenedOn = csv.Day("opened_on"),
                    ClosedOn = csv.Day("closed_on"),
                    Subject = csv.Text("subject"),
                    CalledBy = csv.Text("called_by"),
                }
            )
        );
        var votes = files.Rows(
            "council-votes.csv",
            csv =>
                (
                    Session: csv.Text("session")!,
                    On: csv.Day("voted_on")!.Value,
                    Document: csv.Text("document")!,
                    Totals: new CouncilTotals
                    {
                        Yes = csv.Number("yes")!.Value,
                        No = csv.Number("no")!.Value,
                        Abstain = csv.Number("abstain")!.Value,
                    }
                )
        );
        foreach (var (session, on, document, totals) in votes)
        {
            await ConveningStore.SaveRecordedVote(write, session, on, document, totals);
        }
    }
}
