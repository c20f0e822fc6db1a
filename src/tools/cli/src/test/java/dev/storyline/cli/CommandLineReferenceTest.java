package dev.storyline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.cli.common.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The reference of the command line in {@code docs/reference/cli.md} shows the help that each command prints. */
class CommandLineReferenceTest {
    private static final String DOCUMENT = "docs/reference/cli.md";
    private static final String MARK = "<!-- from here on: what each command prints with --help -->\n";

    /** The exit status means the same for every command: the document explains it once. */
    private static final Pattern WITHOUT_STATUS = Pattern.compile("\\RExit status:.*", Pattern.DOTALL);

    /** Writes the reference instead of comparing it: {@code -Dstoryline.reference=write}. */
    private static final boolean WRITE = "write".equals(System.getProperty("storyline.reference"));

    @Test
    void the_reference_is_the_help_of_every_command() throws IOException {
        Path root = root();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        StringBuilder help = new StringBuilder();
        Storyline.commandLine(new Session(root, nowhere, nowhere, false, Map.of(), false))
                .getSubcommands()
                .values()
                .forEach(command -> describe(command, help));
        Path file = root.resolve(DOCUMENT);
        String document = Files.readString(file);
        int mark = document.indexOf(MARK) + MARK.length();
        if (WRITE) {
            Files.writeString(file, document.substring(0, mark) + help);
        } else {
            assertThat(document.substring(mark))
                    .as("%s; run this test with -Dstoryline.reference=write to renew it", DOCUMENT)
                    .isEqualTo(help.toString());
        }
    }

    /** The root of the repository that this test runs in. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(DOCUMENT))) {
            folder = folder.resolveSibling("");
        }
        return folder;
    }

    private static void describe(CommandLine command, StringBuilder help) {
        String name = command.getCommandSpec().qualifiedName().replaceFirst("^\\./storyline ", "");
        help.append("\n## ")
                .append(name)
                .append("\n\n```text\n")
                .append(WITHOUT_STATUS
                        .matcher(command.getUsageMessage())
                        .replaceFirst("")
                        .stripTrailing())
                .append("\n```\n");
        command.getSubcommands().values().forEach(inner -> describe(inner, help));
    }
}
