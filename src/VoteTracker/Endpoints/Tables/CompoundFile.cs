namespace VoteTracker.Endpoints.Tables;

/// <summary>
/// A compound file (MS-CFB): a workbook before 2007, or one with a password, which has its encrypted content in a stream
/// `EncryptedPackage`. Neither can be read.
/// </summary>
internal static class CompoundFile
{
    private static ReadOnlySpan<byte> Signature => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static ReadOnlySpan<byte> EncryptedPackage => "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8;

    /// <summary>Describes why a compound file cannot be read; null if the file is not one.</summary>
    public static string? DescribeFault(ReadOnlySpan<byte> bytes) =>
        !bytes.StartsWith(Signature) ? null
        : bytes.IndexOf(EncryptedPackage) >= 0
            ? "is a workbook with a password: remove the password, or save the sheet as CSV, UTF-8"
        : "is a workbook of an old format: save it as Excel workbook (.xlsx), or the sheet as CSV, UTF-8";
}
