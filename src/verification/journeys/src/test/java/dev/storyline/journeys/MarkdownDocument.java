package dev.storyline.journeys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a Markdown document that tests read: fenced blocks, links and headings.
 *
 * <p>The conventions of a document:
 *
 * <ul>
 *   <li>A {@code shell} block is run. A {@code text} block behind it is the output that must come back: white space does
 *       not count, and {@code ...} stands for anything.
 *   <li>{@code <!-- not run: REASON -->} before a shell block leaves the block out.
 *   <li>{@code <!-- eventually -->} before a shell block repeats the block until the output comes.
 *   <li>{@code <!-- exits with N -->} before a shell block names the exit status of its last command, where that is not 0.
 *   <li>{@code <!-- file: PATH -->} before any other block writes the block to that file.
 * </ul>
 *
 * @param file the path of the document
 * @param lines the lines of its text
 */
record MarkdownDocument(Path file, List<String> lines) {
    private static final Pattern DIRECTIVE =
            Pattern.compile("<!-- (not run|eventually|exits with|file)(?::? ?(.*?))? -->");
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");

    /**
     * A fenced block.
     *
     * @param line the line of its opening fence, from 1
     * @param language the word after the opening fence
     * @param directive the first word of the comment before the block; null if there is no comment
     * @param value the rest of the comment
     * @param text the content of the block
     * @param expected the text block after a shell block; null if there is none
     */
    record Block(
            int line,
            String language,
            @Nullable String directive,
            String value,
            String text,
            @Nullable String expected) {

        boolean isShell() {
            return language.equals("shell");
        }

        boolean is(String word) {
            return word.equals(directive);
        }

        private Block expecting(String output) {
            return new Block(line, language, directive, value, text, output);
        }
    }

    /** A link to a place in the repository, with its line. */
    record Link(int line, String target) {}

    static MarkdownDocument read(Path file) {
        try {
            return new MarkdownDocument(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all documents of a repository: in its root and below {@code docs}. */
    static List<MarkdownDocument> all(Path root) {
        try (Stream<Path> top = Files.list(root);
                Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(MarkdownDocument::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        boolean onlyBlankSince = false;
        for (int i = 0; i < lines.size(); i++) {
            if (!isFence(lines.get(i))) {
                onlyBlankSince &= lines.get(i).isBlank();
                continue;
            }
            int start = i;
            do {
                i++;
            } while (i < lines.size() && !isFence(lines.get(i)));
            Block block = block(start, i);
            if (block.language().equals("text")
                    && onlyBlankSince
                    && blocks.getLast().isShell()) {
                blocks.set(blocks.size() - 1, blocks.getLast().expecting(block.text()));
            } else {
                blocks.add(block);
            }
            onlyBlankSince = true;
        }
        return blocks;
    }

    private static boolean isFence(String line) {
        return line.strip().startsWith("```");
    }

    private Block block(int start, int end) {
        Matcher directive =
                DIRECTIVE.matcher(start == 0 ? "" : lines.get(start - 1).strip());
        boolean found = directive.matches();
        return new Block(
                start + 1,
                lines.get(start).strip().substring(3).strip(),
                found ? directive.group(1) : null,
                found && directive.group(2) != null ? directive.group(2) : "",
                String.join("\n", lines.subList(start + 1, end)).stripIndent(),
                null);
    }

    /** Returns the links to other places of the repository, without links to other sites. */
    List<Link> links() {
        List<Link> links = new ArrayList<>();
        eachLineOutsideBlocks((number, line) -> {
            Matcher link = LINK.matcher(line);
            while (link.find()) {
                if (!link.group(1).matches("[a-z]+:.*")) {
                    links.add(new Link(number, link.group(1)));
                }
            }
        });
        return links;
    }

    /** Returns the anchors of the headings, by GitHub's rules. */
    Set<String> anchors() {
        Set<String> anchors = new TreeSet<>();
        eachLineOutsideBlocks((number, line) -> {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
                for (int again = 1; !anchors.add(again == 1 ? anchor : anchor + "-" + (again - 1)); again++) {
                    // The second heading with the same name has the anchor name-1.
                }
            }
        });
        return anchors;
    }

    private interface LineReader {
        void read(int number, String line);
    }

    private void eachLineOutsideBlocks(LineReader reader) {
        boolean inside = false;
        for (int i = 0; i < lines.size(); i++) {
            if (isFence(lines.get(i))) {
                inside = !inside;
            } else if (!inside) {
                reader.read(i + 1, lines.get(i));
            }
        }
    }

    /** Checks whether the output of a command matches the output in a document. */
    static boolean matches(String expected, String output) {
        StringBuilder pattern = new StringBuilder();
        for (String part : squeezed(expected).split("\\.\\.\\.", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL)
                .matcher(squeezed(output))
                .matches();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }
}
