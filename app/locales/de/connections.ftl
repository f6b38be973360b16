# Die Anwendungen, denen jemand etwas erlaubt hat.

connections-empty = Noch keine Anwendungen
connections-empty-next = Sobald Sie einer etwas erlauben, erscheint sie hier.
connections-lead = Anwendungen, die in Ihrem Namen handeln dürfen.
connections-application = Anwendung
connections-rights = Was sie darf
connections-allowed = Erlaubt
connections-last-used = Zuletzt benutzt
connections-by = von { $name }
connections-uses = { $count ->
    [one] Einmal in 30 Tagen benutzt
   *[other] { $count }-mal in 30 Tagen benutzt
  }
connections-uses-since = { $count ->
    [0] Gezählt seit { $date }
    [one] Einmal benutzt seit { $date }
   *[other] { $count }-mal benutzt seit { $date }
  }
connections-asked-by = Zuletzt fragte { $name }
connections-asked = Zuletzt fragte ein Dienst
connections-asked-userinfo = Fragte zuletzt, wer Sie sind
connections-asked-tokeninfo = Prüfte zuletzt den eigenen Zugriff
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
connections-stops = Sie kann dann nicht mehr:
connections-removed = Zugriff entzogen
