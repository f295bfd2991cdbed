import Commands

@main
struct Slipway {
    static func main() async {
        await SlipwayCommand.main()
    }
}
