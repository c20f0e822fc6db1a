package dev.storyline.deployment;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Repacks the zip of a function: the jars store their classes uncompressed, and the zip compresses each jar as a whole. The
 * zip gets smaller, because classes resemble each other, and class loading needs no decompression.
 */
public final class SmallZip {
    private SmallZip() {}

    /** Repacks the named zip, if it exists and contains jars. */
    public static void main(String[] arguments) throws IOException {
        Path zip = Path.of(arguments[0]);
        if (Files.exists(zip) && hasJars(zip)) {
            pack(zip);
        }
    }

    /** Leaves the zip of a native executable as it is, because its file permissions must stay. */
    private static boolean hasJars(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            return file.stream().anyMatch(entry -> entry.getName().endsWith(".jar"));
        }
    }

    private static void pack(Path zip) throws IOException {
        Path packed = zip.resolveSibling(zip.getFileName() + ".packing");
        try (ZipFile in = new ZipFile(zip.toFile());
                ZipOutputStream out =
                        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(packed), 1 << 16))) {
            out.setLevel(Deflater.BEST_COMPRESSION);
            Set<String> packedAlready = new HashSet<>();
            for (Enumeration<? extends ZipEntry> entries = in.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                // Folder entries are not needed, and some occur twice.
                if (entry.isDirectory() || !packedAlready.add(entry.getName())) {
                    continue;
                }
                ZipEntry same = new ZipEntry(entry.getName());
                same.setTime(entry.getTime());
                out.putNextEntry(same);
                if (entry.getName().endsWith(".jar")) {
                    out.write(opened(in.getInputStream(entry).readAllBytes()));
                } else {
                    in.getInputStream(entry).transferTo(out);
                }
                out.closeEntry();
            }
        }
        Files.move(packed, zip, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns the same jar without compression. */
    private static byte[] opened(byte[] jar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(jar.length * 3);
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setMethod(ZipOutputStream.STORED);
            Set<String> storedAlready = new HashSet<>();
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!storedAlready.add(entry.getName())) {
                    continue;
                }
                byte[] content = in.readAllBytes();
                CRC32 sum = new CRC32();
                sum.update(content);
                ZipEntry stored = new ZipEntry(entry.getName());
                stored.setTime(entry.getTime());
                stored.setSize(content.length);
                stored.setCrc(sum.getValue());
                out.putNextEntry(stored);
                out.write(content);
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
