package dev.storyline.cli.operator;

import dev.storyline.model.Model;
import dev.storyline.model.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces texts by made-up ones: the same text of the same field by the same one, so that what belongs together still
 * does. Times, empty texts, and the words of the model's enums stay, because failures hang on them.
 */
final class Anonymity {
    /** Replaces nothing. */
    static final Anonymity NONE = new Anonymity(false, Set.of());

    private final boolean replaces;
    private final Set<String> words;
    private final Map<String, Map<String, String>> replaced = new HashMap<>();

    private Anonymity(boolean replaces, Set<String> words) {
        this.replaces = replaces;
        this.words = words;
    }

    /** Replaces all texts but the words of a model, if one is known. */
    static Anonymity of(@Nullable Model model) {
        Set<String> words = new HashSet<>();
        if (model != null) {
            model.types().values().stream().map(Type::values).forEach(words::addAll);
        }
        return new Anonymity(true, words);
    }

    String text(String field, String text) {
        if (!replaces || text.isBlank() || words.contains(text) || isTime(text)) {
            return text;
        }
        Map<String, String> ofField = replaced.computeIfAbsent(field, one -> new HashMap<>());
        return ofField.computeIfAbsent(text, one -> field + "-" + (ofField.size() + 1));
    }

    private static boolean isTime(String text) {
        try {
            return text.length() == "2026-01-01".length() ? LocalDate.parse(text) != null : Instant.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
