using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Endpoints.Tables;

/// <summary>Reads cells of CSV files that various programs wrote.</summary>
internal static partial class CsvCells
{
    /// <summary>The cell without invisible characters at both ends, as <see cref="VisibleText"/> defines them.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        // Nearly all cells of a long file begin and end in a visible ASCII character: they are not decoded.
        return cell.IsEmpty || (IsVisible(cell[0]) && IsVisible(cell[^1])) ? cell : TrimRunes(cell);
    }

    /// <summary>
    /// A whole number as programs write it: `5`, or `5.0` if the column was read as floating point. More decimals are
    /// rejected, because `1.000` is a thousand in some languages.
    /// </summary>
    public static bool TryWhole(string cell, out long number)
    {
        number = 0;
        return WholeNumber().Match(cell) is { Success: true } match
            && long.TryParse(
                match.Groups["digits"].ValueSpan,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out number
            );
    }

    /// <summary>The digits of a whole number; any other cell as it is.</summary>
    public static string Whole(string cell) =>
        WholeNumber().Match(cell) is { Success: true } match ? match.Groups["digits"].Value : cell;

    /// <summary>Whether programs write the cell for a missing value, or for one that they could not compute.</summary>
    public static bool IsPlaceholder(string cell) =>
        cell
            is "NA"
                or "<NA>"
                or "N/A"
                or "n/a"
                or "NaN"
                or "nan"
                or "NaT"
                or "NULL"
                or "null"
                or "None"
                or "#N/A"
                or "#N/A N/A"
                or "#NA"
                or "#REF!"
                or "#VALUE!"
                or "#NAME?"
                or "#NULL!"
                or "#NUM!"
                or "#DIV/0!"
                or "#CALC!"
                or "#SPILL!"
                or "#ERROR!";

    /// <summary>The problem of a free text, and how to fix it; null if there is none.</summary>
    public static string? ProblemOf(string text, bool showsText = true)
    {
        if (IsPlaceholder(text))
        {
            return $"must not be {SafeText.Quote(text)}, which programs write for a missing value; leave the cell empty";
        }
        return DamagedText.Find(text) is { } piece
            ? $"was damaged by a wrong encoding{(showsText ? $" at {SafeText.Quote(piece)}" : "")}; open the original file as UTF-8 and edit it again"
            : null;
    }

    private static bool IsVisible(byte b) => b is > 0x20 and < 0x7F;

    private static ReadOnlySpan<byte> TrimRunes(ReadOnlySpan<byte> cell)
    {
        while (
            Rune.DecodeFromUtf8(cell, out var first, out var length) == OperationStatus.Done
            && VisibleText.IsBlank(first)
        )
        {
            cell = cell[length..];
        }
        while (
            Rune.DecodeLastFromUtf8(cell, out var last, out var length) == OperationStatus.Done
            && VisibleText.IsBlank(last)
        )
        {
            cell = cell[..^length];
        }
        return cell;
    }

    [GeneratedRegex(@"^(?<digits>[0-9]{1,18})(\.00?)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex WholeNumber();
}
