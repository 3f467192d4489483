namespace VoteTracker.Voting.Learning;

/// <summary>The similarities of one resolution to the roll calls before it.</summary>
/// <param name="Titles">The similarity of the titles, 0 to 1.</param>
/// <param name="Agendas">
/// The similarity of the agenda items or, if larger, of the subjects. It is 1 within an emergency special session, and that
/// of the titles if one of both has no agenda item.
/// </param>
/// <param name="HasTitle">Whether the title has significant words.</param>
/// <param name="HasAgenda">Whether the agenda item is known.</param>
internal sealed record Similarities(double[] Titles, double[] Agendas, bool HasTitle, bool HasAgenda)
{
    /// <summary>The number of roll calls before it.</summary>
    public int Count => Titles.Length;
}

/// <summary>The weights of all words as of a number of roll calls.</summary>
internal sealed class WordWeights(RollCallMatrix rollCalls, int count)
{
    private readonly TextWeights _titles = rollCalls.Titles.WeightsOf(count);
    private readonly TextWeights _agendas = rollCalls.Agendas.WeightsOf(count);
    private readonly TextWeights _subjects = rollCalls.Subjects.WeightsOf(count);

    /// <summary>The number of roll calls.</summary>
    public int Count => count;

    /// <summary>Compares a resolution with the roll calls.</summary>
    public Similarities Compare(ResolutionTarget target)
    {
        var title = ResolutionWords.Parse(target.Title);
        var titles = rollCalls.Titles.Compare(rollCalls.Titles.Find(title), _titles);
        var agenda = ResolutionWords.ParseAgenda(target.Agenda ?? "");
        var agendas =
            agenda.Count == 0 ? [.. titles] : rollCalls.Agendas.Compare(rollCalls.Agendas.Find(agenda), _agendas);
        var subject = ResolutionWords.Parse(target.Subjects ?? "");
        var subjects =
            subject.Count == 0 ? [] : rollCalls.Subjects.Compare(rollCalls.Subjects.Find(subject), _subjects);
        var session = RollCallMatrix.IsEmergency(target.Session) ? rollCalls.SessionNumber(target.Session) : -1;
        for (var i = 0; i < count; i++)
        {
            if (session >= 0 && rollCalls.SessionOf(i) == session)
            {
                agendas[i] = 1;
                continue;
            }
            if (!rollCalls.Agendas.HasWords(i))
            {
                agendas[i] = titles[i];
            }
            if (subjects.Length > 0)
            {
                agendas[i] = Math.Max(agendas[i], subjects[i]);
            }
        }
        return new Similarities(titles, agendas, title.Count > 0, agenda.Count > 0);
    }
}
