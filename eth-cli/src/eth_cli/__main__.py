from eth_cli.main import main

main()
