package dev.storyline.modeler.check;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Guesses whether a name is in the past tense or begins with a verb. Works for English names. The result is advice and may
 * be wrong.
 */
final class Moods {
    private static final Set<String> IRREGULAR = Set.of(
            "became",
            "began",
            "bought",
            "brought",
            "built",
            "came",
            "caught",
            "cut",
            "dealt",
            "drew",
            "drove",
            "fell",
            "felt",
            "found",
            "fought",
            "gave",
            "got",
            "grew",
            "held",
            "hit",
            "hurt",
            "kept",
            "knew",
            "laid",
            "led",
            "left",
            "lent",
            "let",
            "lost",
            "made",
            "meant",
            "met",
            "paid",
            "put",
            "ran",
            "read",
            "rebuilt",
            "rose",
            "said",
            "sat",
            "saw",
            "sent",
            "set",
            "shot",
            "shut",
            "slept",
            "sold",
            "spent",
            "split",
            "spread",
            "stood",
            "stuck",
            "swept",
            "swung",
            "taught",
            "thought",
            "told",
            "took",
            "understood",
            "undone",
            "done",
            "gone",
            "drawn",
            "withdrawn",
            "known",
            "shown",
            "grown",
            "thrown",
            "flown",
            "torn",
            "worn",
            "sworn",
            "born",
            "begun",
            "run",
            "reset",
            "upset",
            "went",
            "withdrew",
            "withheld",
            "won",
            "overdue",
            "wrote",
            "bound",
            "wound",
            "sunk",
            "sprung",
            "rung",
            "sung",
            "hung",
            "dug",
            "spun",
            "struck",
            "rent",
            "bent",
            "burnt",
            "learnt",
            "spilt",
            "shrunk");
    private static final Set<String> NO_PAST = Set.of(
            "feed", "need", "embed", "proceed", "exceed", "seed", "speed", "succeed", "shed", "weed", "bleed", "breed");
    private static final Set<String> NO_GERUND = Set.of("bring", "ring", "ping", "sing", "swing", "string", "sling");
    private static final Set<String> VERBS_LIKE_NOUNS = Set.of(
            "implement",
            "document",
            "increment",
            "decrement",
            "comment",
            "augment",
            "supplement",
            "experiment",
            "mention",
            "question",
            "auction",
            "partition",
            "position",
            "transition",
            "station",
            "caution",
            "function",
            "ration",
            "section",
            "witness",
            "harness");
    private static final List<String> NOUN_ENDINGS = List.of("tion", "ment", "ness", "ity", "ance", "ence");
    private static final Set<String> VERBS_LIKE_QUALITIES = Set.of(
            "balance", "advance", "enhance", "finance", "influence", "sequence", "silence", "reference", "evidence");

    /** Verbs before a past participle that make a command: {@code MarkPaid}. */
    private static final Set<String> STATING = Set.of(
            "mark", "set", "get", "make", "report", "list", "flag", "keep", "declare", "record", "have", "confirm");

    private Moods() {}

    /** Returns whether a word of the name is in the past tense. */
    static boolean isPast(String name) {
        return words(name).stream()
                .anyMatch(word -> IRREGULAR.contains(word)
                        || (word.length() > 3
                                && (word.endsWith("ed") || word.endsWith("en"))
                                && !NO_PAST.contains(word)));
    }

    /** Returns whether the name may begin with a verb. */
    static boolean isImperative(String name) {
        String first = words(name).getFirst();
        boolean fact = !STATING.contains(first)
                && words(name).size() > 1
                && isPast(words(name).getLast());
        boolean past = first.length() > 3 && first.endsWith("ed") && !NO_PAST.contains(first);
        boolean gerund = first.length() > 4 && first.endsWith("ing") && !NO_GERUND.contains(first);
        boolean noun = NOUN_ENDINGS.stream().anyMatch(first::endsWith)
                && !VERBS_LIKE_NOUNS.contains(first)
                && !VERBS_LIKE_QUALITIES.contains(first);
        return !fact && !past && !gerund && !noun;
    }

    private static List<String> words(String name) {
        return List.of(name.replaceAll("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})", " ")
                .toLowerCase(Locale.ROOT)
                .split("[ _-]+"));
    }
}
