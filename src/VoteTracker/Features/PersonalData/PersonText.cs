using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Contacts;

namespace VoteTracker.Features.PersonalData;

/// <summary>Finds a person in a text, without regard to case and accents: by the whole name, or by a part of it.</summary>
internal sealed class PersonText
{
    private const int ShortestPart = 3;

    private readonly List<string> _whole = [];
    private readonly List<string> _parts = [];

    public PersonText(Contact contact)
    {
        Add(_whole, FoldedText.Fold(contact.Name));
        Add(_whole, FoldedText.Fold(contact.Email ?? ""));
        foreach (var part in _whole.Take(1).SelectMany(name => name.Split(' ')).Where(p => p.Length >= ShortestPart))
        {
            Add(_parts, $" {part} ");
        }
    }

    /// <summary>Whether a text contains the whole name or the e-mail address.</summary>
    public bool IsNamedIn(string text)
    {
        var folded = FoldedText.Fold(text);
        return _whole.Exists(name => folded.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>Whether a text contains a word of the name with three letters or more, so that it may be about the person.</summary>
    public bool MayBeIn(string text)
    {
        var folded = FoldedText.Fold(text);
        return _whole.Concat(_parts).Any(name => folded.Contains(name, StringComparison.Ordinal));
    }

    // A name without letters folds to one blank, which is in every text.
    private static void Add(List<string> list, string folded)
    {
        if (folded.Trim().Length > 0)
        {
            list.Add(folded);
        }
    }
}
