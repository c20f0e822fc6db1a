package dev.storyline.eventstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An export of an event table at a point in time, as DynamoDB writes it to S3: {@code manifest-summary.json}, {@code
 * manifest-files.json}, and data files of gzipped lines of DynamoDB's own JSON. Only full exports are read.
 *
 * <p>Memory holds, for each segment that is read, one data file as it is stored, and {@value EventScan#PAGE_ITEMS} commits.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">DynamoDB table
 *     export output format</a>
 */
public final class TableExport {
    private static final Comparator<Map<String, AttributeValue>> BY_STREAM = Comparator.comparing(
                    (Map<String, AttributeValue> item) ->
                            text(item, CommitItem.STREAM).s())
            .thenComparingLong(
                    item -> Long.parseLong(text(item, CommitItem.VERSION).n()));

    private final Files files;
    private final List<DataFile> data;

    /** The files of an export, by their names below its folder: {@code manifest-summary.json}, {@code data/x.json.gz}. */
    @FunctionalInterface
    public interface Files {
        /** The content of a file; null if there is none. */
        byte @Nullable [] get(String name);
    }

    /** The export cannot be read: what is missing, of another table, or altered. Nothing was written. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** A data file, and the MD5 of its bytes as the manifest has it, in Base64. */
    private record DataFile(String name, String md5) {}

    private TableExport(Files files, List<DataFile> data) {
        this.files = files;
        this.data = data;
    }

    /**
     * Reads the manifests of an export.
     *
     * @param table the name of the event table that it must be of
     * @throws Unreadable if it is no full export of this table in DynamoDB's JSON
     */
    public static TableExport of(Files files, String table) {
        JsonNode summary = json(new String(file(files, "manifest-summary.json"), StandardCharsets.UTF_8));
        String arn = summary.path("tableArn").asText();
        if (!arn.endsWith(":table/" + table)) {
            throw new Unreadable("The export is of the table " + arn + ", not of " + table + ".");
        }
        if (!summary.path("outputFormat").asText("DYNAMODB_JSON").equals("DYNAMODB_JSON")
                || !summary.path("exportType").asText("FULL_EXPORT").equals("FULL_EXPORT")) {
            throw new Unreadable("The export is "
                    + summary.path("exportType").asText("FULL_EXPORT") + " in "
                    + summary.path("outputFormat").asText() + ": a rebuild reads a FULL_EXPORT in DYNAMODB_JSON.");
        }
        List<DataFile> data = new ArrayList<>();
        for (String line : new String(file(files, "manifest-files.json"), StandardCharsets.UTF_8)
                .lines()
                .filter(one -> !one.isBlank())
                .toList()) {
            JsonNode one = json(line);
            String key = one.path("dataFileS3Key").asText();
            data.add(new DataFile(
                    "data/" + key.substring(key.lastIndexOf('/') + 1),
                    one.path("md5Checksum").asText()));
        }
        return new TableExport(files, data);
    }

    private static byte[] file(Files files, String name) {
        byte[] content = files.get(name);
        if (content == null) {
            throw new Unreadable("The export has no file " + name + ": name the folder that holds its manifests.");
        }
        return content;
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new Unreadable("A line of the export is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static AttributeValue text(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    /**
     * A part of the export: every so many-th data file.
     *
     * @param segment the part, from 0
     * @param of the number of parts
     */
    public Segment segment(int segment, int of) {
        List<DataFile> part = new ArrayList<>();
        for (int i = segment; i < data.size(); i += of) {
            part.add(data.get(i));
        }
        return new Segment(part);
    }

    /** Reads a part page by page, always in the same pages. Not thread-safe. */
    public final class Segment {
        private final List<DataFile> part;
        private int next;
        private @Nullable BufferedReader open;
        private EventScan.@Nullable After told;
        private boolean begun;

        private Segment(List<DataFile> part) {
            this.part = part;
        }

        /**
         * The next page, its commits in the order of streams and versions.
         *
         * @param after the place of a commit of an earlier page; null to begin. Whoever goes on elsewhere than behind the last
         *     page has the part read again up to this place
         * @throws Unreadable if a data file is missing or altered
         */
        public EventScan.ScanPage page(EventScan.@Nullable After after) {
            if (!begun || !Objects.equals(after, told)) {
                begin();
                if (after != null) {
                    List<Map<String, AttributeValue>> rest = upTo(after);
                    if (!rest.isEmpty()) {
                        return told(rest);
                    }
                }
            }
            return told(read());
        }

        private void begin() {
            begun = true;
            next = 0;
            open = null;
        }

        /** Passes pages until one has the place, and returns what stands behind it there. */
        private List<Map<String, AttributeValue>> upTo(EventScan.After after) {
            for (List<Map<String, AttributeValue>> page = read(); !page.isEmpty(); page = read()) {
                for (int i = 0; i < page.size(); i++) {
                    if (after.equals(EventScan.place(page.get(i)))) {
                        return page.subList(i + 1, page.size());
                    }
                }
            }
            throw new Unreadable("The export has no commit " + after.stream() + "@" + after.version()
                    + " any more, behind which the rebuild goes on: it was begun with another export.");
        }

        private EventScan.ScanPage told(List<Map<String, AttributeValue>> page) {
            told = page.isEmpty() ? null : EventScan.place(page.getLast());
            return new EventScan.ScanPage(page, told, 0);
        }

        /** The next commits of one file; empty after the last file. */
        private List<Map<String, AttributeValue>> read() {
            List<Map<String, AttributeValue>> page = new ArrayList<>();
            try {
                while (page.isEmpty() && (open != null || next < part.size())) {
                    if (open == null) {
                        open = open(part.get(next++));
                    }
                    fill(open, page);
                }
            } catch (IOException | IllegalArgumentException e) {
                throw new Unreadable(
                        "The data file " + part.get(next - 1).name() + " of the export cannot be read: "
                                + e.getMessage(),
                        e);
            }
            page.sort(BY_STREAM);
            return page;
        }

        private void fill(BufferedReader lines, List<Map<String, AttributeValue>> page) throws IOException {
            while (page.size() < EventScan.PAGE_ITEMS) {
                String line = lines.readLine();
                if (line == null) {
                    open = null;
                    return;
                }
                Map<String, AttributeValue> item = ItemJson.item(json(line).path("Item"));
                // What no event store wrote is no commit, as in a scan of the table.
                if (EventScan.place(item) != null) {
                    page.add(item);
                }
            }
        }

        private BufferedReader open(DataFile file) throws IOException {
            byte[] content = file(files, file.name());
            if (!md5(content).equals(file.md5())) {
                throw new Unreadable("The data file " + file.name()
                        + " of the export is not what its manifest says: it was altered, or is not whole.");
            }
            return new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(new ByteArrayInputStream(content)), StandardCharsets.UTF_8));
        }
    }

    private static String md5(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
