using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Imports;

/// <summary>
/// Writes what was read of the Library's file, all of it in one transaction and so short that other writes hardly wait:
/// a text is a few rows, its names packed. A text that a user wrote is left as it is.
/// </summary>
internal static class KeepLibraryTexts
{
    public static async Task<KeptTexts> Handle(Write write, Caller caller, LibraryFile file)
    {
        var kept = new KeptTexts();
        await Sessions(write, file, kept);
        var standing = (
            await write.Connection.QueryAsync<StandingRow>(
                """
                SELECT r.id, r.origin, l.sha256
                FROM resolution r
                LEFT JOIN library_record l ON l.resolution = r.id AND l.changed_at = (
                    SELECT MAX(changed_at) FROM library_record WHERE resolution = r.id
                )
                """
            )
        ).ToDictionary(row => row.Id, StringComparer.Ordinal);
        var added = new List<NewText>();
        foreach (var text in file.Texts)
        {
            if (!standing.TryGetValue(text.Id, out var row))
            {
                added.Add(new NewText(text, write.Now, caller));
            }
            else if (row.Origin == "user")
            {
                kept.LeftToUsers.Add(text.Id);
            }
            else if (row.Sha256 == text.Sha256)
            {
                kept.Unchanged++;
            }
            else
            {
                await Update(write, caller, new NewText(text, write.Now, caller), row.Origin, kept);
            }
        }
        var version = await Incarnation.FindFirstVersion(write.Connection);
        await Add(write, [.. added.Select(text => text with { Version = version })]);
        kept.Added = added.Count;
        return kept;
    }

    private static async Task Sessions(Write write, LibraryFile file, KeptTexts kept)
    {
        foreach (var texts in file.Texts.GroupBy(t => t.Head.Session))
        {
            var row = new
            {
                texts.Key.Id,
                texts.Key.Number,
                texts.Key.Emergency,
                texts.Key.Subject,
                FirstVote = texts.Min(t => t.Head.Day),
            };
            kept.Sessions += await write.Connection.ExecuteAsync(
                """
                INSERT INTO session (id, number, emergency, opened_on, subject)
                VALUES (@Id, @Number, @Emergency, @FirstVote, @Subject)
                ON CONFLICT (id) DO NOTHING
                """,
                row
            );
            // The file does not tell when a session was opened: its first vote is the first that is known of it.
            await write.Connection.ExecuteAsync(
                "UPDATE session SET opened_on = @FirstVote WHERE id = @Id AND subject = @Subject AND opened_on > @FirstVote",
                row
            );
        }
    }

    // Nobody can have seen any of them yet, so no tally is stale and nobody is told.
    private static async Task Add(Write write, List<NewText> inOrder)
    {
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution (
                id, symbol, title, session, kind, rule, status, vote_on, visibility, record_url, origin,
                version, created_at, changed_at, changed_by, loaded_at
            )
            VALUES (
                @Id, @Symbol, @Title, @Session, 'draft', @Rule, 'adopted', @Day, 'tally', @Url, 'import',
                @Version, @At, @At, @By, @LoadedAt
            )
            """,
            inOrder
        );
        // What is found by its id is written by its id: pages are filled one after the other.
        var texts = inOrder.OrderBy(t => t.Id, StringComparer.Ordinal).ToList();
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO resolution_change (
                resolution, version, changed_at, changed_by, rule, status, vote_on, visibility, symbol, title, session, kind,
                record_url
            )
            VALUES (
                @Id, @Version, @At, @By, @Rule, 'adopted', @Day, 'tally', @Symbol, @Title, @Session, 'draft', @Url
            )
            """,
            texts
        );
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO change (at, by, by_key, kind, resolution, version)
            VALUES (@At, @By, @ByKey, 'resolution', @Id, @Version)
            """,
            inOrder
        );
        await AddRollCalls(write, texts);
        await AddRecords(write, texts);
    }

    private static Task AddRollCalls(Write write, IReadOnlyList<NewText> texts) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO roll_call (
                resolution, version, recorded_on, has_names, names, members,
                announced_yes, announced_no, announced_abstain, announced_non_voting, changed_at, changed_by
            )
            VALUES (
                @Id, @Version, @Day, @HasNames, @Names, @Members, @Yes, @No, @Abstain, @NonVoting, @At, @By
            )
            """,
            texts
        );

    private static Task AddRecords(Write write, IReadOnlyList<NewText> texts) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO library_record (
                resolution, changed_at, record_id, draft, committee_report, meeting, agenda, subjects, note, sha256
            )
            VALUES (@Id, @At, @RecordId, @Draft, @CommitteeReport, @Meeting, @Agenda, @Subjects, @Note, @Sha256)
            ON CONFLICT (resolution, changed_at) DO UPDATE SET
                record_id = excluded.record_id, draft = excluded.draft, committee_report = excluded.committee_report,
                meeting = excluded.meeting, agenda = excluded.agenda, subjects = excluded.subjects,
                note = excluded.note, sha256 = excluded.sha256
            """,
            texts
        );

    // What came with the service was put together with more care (corrected totals, the rule of each vote): of that the
    // file changes the names alone, and adds what it says beside them.
    private static async Task Update(Write write, Caller caller, NewText text, string origin, KeptTexts kept)
    {
        var isShipped = origin == "record";
        var standing = await Standing(write, text.Id);
        var stands = isShipped ? text with { Names = text.Names ?? standing.Names } : text;
        var sameVote = standing.IsSameVote(stands, namesAlone: isShipped);
        if (sameVote && (isShipped || standing.IsSameText(stands)))
        {
            await AddRecords(write, [stands with { At = write.Now }]);
            kept.Changed++;
            return;
        }
        var (version, at) = await Change.Raise(
            write,
            caller,
            sameVote ? ChangeKind.Resolution : ChangeKind.RollCall,
            text.Id
        );
        stands = stands with { Version = version, At = at };
        if (isShipped)
        {
            stands = stands with
            {
                Yes = standing.AnnouncedYes ?? stands.Yes,
                No = standing.AnnouncedNo ?? stands.No,
                Abstain = standing.AnnouncedAbstain ?? stands.Abstain,
                NonVoting = standing.AnnouncedNonVoting ?? stands.NonVoting,
            };
        }
        else
        {
            await write.Connection.ExecuteAsync(
                "UPDATE resolution SET symbol = @Symbol, title = @Title, session = @Session, rule = @Rule, record_url = @Url WHERE id = @Id",
                stands
            );
        }
        await write.Connection.ExecuteAsync(
            "UPDATE resolution SET vote_on = @Day, origin = 'import' WHERE id = @Id",
            stands
        );
        await Change.KeepFields(write, text.Id);
        if (!sameVote)
        {
            await AddRollCalls(write, [stands]);
        }
        await AddRecords(write, [stands]);
        kept.Changed++;
    }

    private static Task<StandingTextRow> Standing(Write write, string id) =>
        write.Connection.QuerySingleAsync<StandingTextRow>(
            """
            SELECT
                r.symbol, r.title, r.session, r.rule, r.record_url, c.recorded_on, c.names, c.members, c.announced_yes,
                c.announced_no, c.announced_abstain, c.announced_non_voting
            FROM resolution r
            LEFT JOIN roll_call c ON c.resolution = r.id AND c.version = (
                SELECT MAX(version) FROM roll_call WHERE resolution = r.id
            )
            WHERE r.id = @id
            """,
            new { id }
        );

    private sealed record StandingRow
    {
        public string Id { get; init; } = "";
        public string Origin { get; init; } = "";
        public string? Sha256 { get; init; }
    }

    private sealed record StandingTextRow
    {
        public string? Symbol { get; init; }
        public string Title { get; init; } = "";
        public string Session { get; init; } = "";
        public string Rule { get; init; } = "";
        public string? RecordUrl { get; init; }
        public DateOnly? RecordedOn { get; init; }
        public string? Names { get; init; }
        public int? Members { get; init; }
        public int? AnnouncedYes { get; init; }
        public int? AnnouncedNo { get; init; }
        public int? AnnouncedAbstain { get; init; }
        public int? AnnouncedNonVoting { get; init; }

        public bool IsSameText(NewText text) =>
            (Symbol, Title, Session, Rule, RecordUrl) == (text.Symbol, text.Title, text.Session, text.Rule, text.Url);

        public bool IsSameVote(NewText text, bool namesAlone) =>
            Names == text.Names
            && (
                namesAlone
                || (RecordedOn, Members, AnnouncedYes, AnnouncedNo, AnnouncedAbstain, AnnouncedNonVoting)
                    == (text.Day, text.Members, text.Yes, text.No, text.Abstain, text.NonVoting)
            );
    }
}

/// <summary>A text of the file as it is written.</summary>
internal sealed record NewText
{
    public NewText(LibraryText text, DateTimeOffset now, Caller caller)
    {
        var head = text.Head;
        // What is imported is known from the day after the vote, as what comes with the service is.
        var known = NewYork.StartOf(head.Day.AddDays(1));
        LoadedAt = now;
        (Id, Version, At, By, ByKey) = (text.Id, 1, known < now ? known : now, caller.Label, caller.KeyId);
        (Symbol, Title, Session, Day, Url) = (head.Symbol, head.Title, head.Session.Id, head.Day, head.Url);
        // The file has adopted texts only; which majority a text of a regular session needed, it does not tell.
        Rule = Words<MajorityRule>.Of(head.Session.Emergency ? MajorityRule.TwoThirds : MajorityRule.NotRecorded);
        (Names, Members) = (text.Names, text.Members);
        (Yes, No, Abstain, NonVoting) = (head.Yes, head.No, head.Abstain, head.NonVoting);
        (RecordId, Draft, CommitteeReport) = (head.RecordId, head.Draft, head.CommitteeReport);
        (Meeting, Agenda, Subjects, Note, Sha256) = (head.Meeting, head.Agenda, head.Subjects, text.Note, text.Sha256);
    }

    public string Id { get; }
    public long Version { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset LoadedAt { get; }
    public string By { get; }
    public string? ByKey { get; }
    public string Symbol { get; }
    public string Title { get; }
    public string Session { get; }
    public DateOnly Day { get; }
    public string? Url { get; }
    public string Rule { get; }
    public string? Names { get; init; }
    public bool HasNames => Names is not null;
    public int Members { get; }
    public int? Yes { get; init; }
    public int? No { get; init; }
    public int? Abstain { get; init; }
    public int? NonVoting { get; init; }
    public string RecordId { get; }
    public string? Draft { get; }
    public string? CommitteeReport { get; }
    public string? Meeting { get; }
    public string? Agenda { get; }
    public string? Subjects { get; }
    public string? Note { get; }
    public string Sha256 { get; }
}

/// <summary>What became of the texts of a file.</summary>
internal sealed class KeptTexts
{
    public int Sessions { get; set; }

    public int Added { get; set; }

    public int Changed { get; set; }

    public int Unchanged { get; set; }

    /// <summary>Those that a user wrote.</summary>
    public List<string> LeftToUsers { get; } = [];

    /// <summary>Whether the database tells the same as before.</summary>
    public bool Nothing => (Sessions, Added, Changed) == (0, 0, 0);
}
