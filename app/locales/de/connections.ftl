# Die Anwendungen, denen jemand etwas erlaubt hat.

connections-empty = Noch keine Anwendungen
connections-empty-next = Sobald Sie einer etwas erlauben, erscheint sie hier.
connections-lead = Anwendungen, die in Ihrem Namen handeln dürfen.
connections-application = Anwendung
connections-rights = Was sie darf
connections-allowed = Erlaubt
connections-last-used = Zuletzt benutzt
connections-by = von { $owner }
connections-owner = Registriert von
connections-access = Zugriff
connections-refresh = Refresh-Tokens
connections-refresh-tokens = { $count ->
    [0] Keines: Sie werden wieder gefragt
    [one] { $count }: Damit kommt die Anwendung wieder, ohne zu fragen
   *[other] { $count }: Damit kommt die Anwendung wieder, ohne zu fragen
  }
connections-refreshed = Zuletzt wiedergekommen
connections-remove = Zugriff entziehen
connections-remove-question = „{ $name }“ den Zugriff entziehen?
connections-remove-text = { $name } verliert den Zugriff, und beim nächsten Mal werden Sie wieder gefragt.
connections-removed = Zugriff entzogen
