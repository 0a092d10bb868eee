namespace Parley.Server.Configuration;

/// <summary><c>Parley:DataFolder</c>: where the server keeps what must survive a restart.</summary>
internal sealed class DataFolder(string path)
{
    private const string Key = "Parley:DataFolder";

    public string Path { get; } = path;

    public static DataFolder Read(SectionReader section)
    {
        var text = section.Text("DataFolder");
        try
        {
            return new(System.IO.Path.GetFullPath(text ?? DefaultPath()));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            throw section.Bad("DataFolder", $"is not a path: {SectionReader.Quote(text ?? string.Empty)}");
        }
    }

    /// <summary>The file's content; of several processes that start at the same time, one makes it and all read the same.</summary>
    /// <exception cref="ConfigurationException">The folder cannot be read or written.</exception>
    public byte[] ReadOrCreate(string fileName, Func<byte[]> create)
    {
        var file = System.IO.Path.Combine(Path, fileName);
        try
        {
            if (!File.Exists(file))
            {
                CreateFolder();
                WriteFile(file, create(), overwrite: false);
            }

            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The file's content; null when there is none.</summary>
    /// <exception cref="ConfigurationException">The folder cannot be read.</exception>
    public byte[]? TryRead(string fileName)
    {
        try
        {
            return File.ReadAllBytes(System.IO.Path.Combine(Path, fileName));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Writes the file, whatever it held before.</summary>
    /// <exception cref="ConfigurationException">The folder cannot be written.</exception>
    public void Replace(string fileName, byte[] content)
    {
        try
        {
            CreateFolder();
            WriteFile(System.IO.Path.Combine(Path, fileName), content, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable($"cannot be used: {e.Message}", e);
        }
    }

    public ConfigurationException Unusable(string problem, Exception? cause = null) => new(Key, $"({Path}) {problem}", cause);

    private static string DefaultPath()
    {
        var home = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify);

        // Services and containers may have no home at all.
        return home.Length > 0 ? System.IO.Path.Combine(home, "parley") : System.IO.Path.Combine(AppContext.BaseDirectory, "data");
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void WriteFile(string file, byte[] content, bool overwrite)
    {
        // Written whole under another name and then renamed: a crash leaves no half file, and no one ever sees one.
        var unfinished = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var stream = new FileStream(unfinished, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, file, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(file))
        {
            // Another process was first; its file is as good.
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
