# Auf dem Weg zurück zu einer Anwendung, deren Antwort ein Formular ist.

form-post-title = Zurück zu { $client }
form-post-continue = Weiter zu { $client }
