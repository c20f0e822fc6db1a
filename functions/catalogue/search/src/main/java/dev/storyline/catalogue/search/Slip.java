package dev.storyline.catalogue.search;

/** Whether two words differ by one slip: one letter is missing, too many or another one, or two neighbours have swapped. */
final class Slip {
    private Slip() {}

    static boolean isBetween(String one, String other) {
        if (one.length() > other.length()) {
            return isBetween(other, one);
        }
        if (other.length() - one.length() > 1 || one.equals(other)) {
            return false;
        }
        int same = 0;
        while (same < one.length() && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        if (one.length() < other.length()) {
            return one.substring(same).equals(other.substring(same + 1));
        }
        if (one.substring(same + 1).equals(other.substring(same + 1))) {
            return true;
        }
        return same + 1 < one.length()
                && one.charAt(same) == other.charAt(same + 1)
                && one.charAt(same + 1) == other.charAt(same)
                && one.substring(same + 2).equals(other.substring(same + 2));
    }
}
