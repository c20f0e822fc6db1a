package dev.storyline.contexts.accounting;

/** The accounts of the ledger. A debit is positive, a credit negative. */
public final class Account {
    /** What customers owe; its postings name the customer. */
    public static final String RECEIVABLES = "receivables";

    /** The money that has come in and has not gone back. */
    public static final String BANK = "bank";

    /** What was earned, without tax. */
    public static final String REVENUE = "revenue";

    /** The tax that was collected for the state. */
    public static final String TAX = "tax";

    /** What was earned and will never be paid, without tax. */
    public static final String WRITE_OFFS = "write-offs";

    private Account() {}
}
