class Doors {
    @Funq("sell")
    void sell() {}
}
