package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.ModelWriter;
import dev.storyline.model.PartFormat;
import dev.storyline.model.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A content hash of an element or a slice, by which a review detects changes: the first eight hex digits of a SHA-256 over
 * what the file tells of it and of the types of its fields, without locations, comments and remarks. A key that the file does
 * not tell counts for nothing, so that what was signed before a key was known stays signed.
 */
public final class Seal {
    private static final int DIGITS = 8;

    private final StringBuilder text = new StringBuilder();
    private final Set<String> types = new HashSet<>();

    private Seal() {}

    /** Returns the seals of all elements of a step, by kind and name: {@code event WishApproved}. */
    public static Map<String, String> of(Model model, ModelingStep step) {
        Map<String, String> seals = new LinkedHashMap<>();
        for (Element element : model.elements()) {
            if (step.kinds().contains(element.kind())) {
                seals.put(element.kind().word() + " " + element.name(), of(model, element));
            }
        }
        if (step.slices()) {
            model.slices().forEach(slice -> seals.put("slice " + slice.name(), of(model, slice)));
        }
        return seals;
    }

    /** Returns the seal of an element or a slice. */
    static String of(Model model, Record part) {
        Seal seal = new Seal();
        seal.value(PartFormat.of(part.getClass()).nameOf(part));
        seal.value(part instanceof Element element ? element.kind().word() : "slice");
        seal.value(ModelWriter.content(part));
        if (part instanceof Element element) {
            // Said only where it is so: the seals of other events stay as they are.
            Integer days = element.kind() == Element.Kind.EVENT ? model.ends().get(element.name()) : null;
            if (days != null) {
                seal.say("ends", days.toString());
            }
            seal.types(model, element.fields());
        }
        return seal.digits();
    }

    /** Adds the types of fields, and those of the fields in them. */
    private void types(Model model, List<Field> fields) {
        for (Field field : fields) {
            Type type = model.types().get(field.type());
            if (type != null && types.add(type.name())) {
                value(ModelWriter.content(type));
                types(model, type.fields());
            }
        }
    }

    /** Writes the length before every text, so that different contents never give the same bytes. */
    private void say(String... words) {
        for (String word : words) {
            text.append(word.length()).append(':').append(word);
        }
    }

    private void value(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                say("map", String.valueOf(map.size()));
                map.forEach((key, each) -> {
                    value(key);
                    value(each);
                });
            }
            case List<?> list -> {
                say("list", String.valueOf(list.size()));
                list.forEach(this::value);
            }
            default -> say(String.valueOf(value));
        }
    }

    private String digits() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
