namespace VoteTracker.Localization;

/// <summary>The six official languages of the United Nations (rule 51), by their ISO 639-1 codes.</summary>
public enum LanguageCode
{
    /// <summary>English.</summary>
    En,

    /// <summary>French.</summary>
    Fr,

    /// <summary>Spanish.</summary>
    Es,

    /// <summary>Russian.</summary>
    Ru,

    /// <summary>Chinese, in simplified characters.</summary>
    Zh,

    /// <summary>Arabic, written from right to left.</summary>
    Ar,
}
