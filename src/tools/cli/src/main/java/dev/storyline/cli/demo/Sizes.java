package dev.storyline.cli.demo;

import dev.storyline.cli.common.WrongUse;

/**
 * How much happens in a demo.
 *
 * @param orders orders in the shop, 0 to 10,000
 * @param jobs jobs of field operations, 0 to 10,000
 * @param wishes wishes of children, 0 to 10,000
 */
record Sizes(int orders, int jobs, int wishes) {
    private static final int MOST = 10_000;

    Sizes {
        check("orders", orders);
        check("jobs", jobs);
        check("wishes", wishes);
    }

    private static void check(String what, int number) {
        if (number < 0 || number > MOST) {
            throw new WrongUse("The number of " + what + " is a number from 0 to " + MOST + ", not '" + number + "'.");
        }
    }
}
