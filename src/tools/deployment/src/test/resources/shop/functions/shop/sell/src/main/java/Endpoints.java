class Endpoints {
    @Funq("sell")
    void sell() {}
}
