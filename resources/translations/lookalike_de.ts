<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name></name>
    <message>
        <source> megapixels</source>
        <translation> Megapixel</translation>
    </message>
    <message>
        <source> seconds</source>
        <translation> Sekunden</translation>
    </message>
    <message>
        <source>+ and -</source>
        <translation>+ und -</translation>
    </message>
    <message>
        <source>+, -, 0</source>
        <translation>+, -, 0</translation>
    </message>
    <message>
        <source>+, -, 0, 1</source>
        <translation>+, -, 0, 1</translation>
    </message>
    <message>
        <source>A GPU is used where one is found to compute rightly.</source>
        <translation>Eine GPU wird genutzt, wenn sie nachweislich richtig rechnet.</translation>
    </message>
    <message>
        <source>A check compares all that is kept with each other. Photos are not touched.</source>
        <translation>Eine Prüfung vergleicht alles Aufbewahrte miteinander. Fotos werden nicht angefasst.</translation>
    </message>
    <message>
        <source>A folder that holds one folder for each subject, or that is a subject itself</source>
        <translation>Ein Ordner, der für jedes Motiv einen Ordner enthält, oder der selbst ein Motiv ist</translation>
    </message>
    <message>
        <source>A layer on top of the model tells the subjects apart. Seconds.</source>
        <translation>Eine Schicht auf dem Modell unterscheidet die Motive. Sekunden.</translation>
    </message>
    <message>
        <source>A match after all</source>
        <translation>Doch ein Treffer</translation>
    </message>
    <message>
        <source>A model decides what looks alike. Another one embeds every photo in the background, while the present one goes on answering. Drop a model folder, a .zip or an .onnx file here to add it.</source>
        <translation>Ein Modell entscheidet, was sich ähnlich sieht. Ein anderes liest alle Fotos im Hintergrund ein, während das jetzige weiter antwortet. Legen Sie einen Modellordner, eine .zip- oder eine .onnx-Datei hier ab, um sie hinzuzufügen.</translation>
    </message>
    <message>
        <source>A model is being checked</source>
        <translation>Ein Modell wird geprüft</translation>
    </message>
    <message>
        <source>A model needs a name that can be the name of a folder.</source>
        <translation>Ein Modell braucht einen Namen, den auch ein Ordner haben kann.</translation>
    </message>
    <message>
        <source>A model of your own puts photos of the same subject closer together. Choose folders in which each subject has a folder of its own, or a list of photos with their labels; or drop them here. Nothing leaves this computer, and no photo is moved or changed.</source>
        <translation>Ein eigenes Modell rückt Fotos desselben Motivs näher zusammen. Wählen Sie Ordner, in denen jedes Motiv einen eigenen Ordner hat, oder eine Liste von Fotos mit ihren Bezeichnungen; oder legen Sie sie hier ab. Nichts verlässt diesen Computer, und kein Foto wird verschoben oder verändert.</translation>
    </message>
    <message>
        <source>A model that was left undecided waits here. Installed or kept, it is among your models.</source>
        <translation>Ein Modell, über das noch nicht entschieden ist, wartet hier. Installiert oder behalten ist es bei Ihren Modellen.</translation>
    </message>
    <message>
        <source>A network learns to name the subjects; what it sees just before the name is kept.</source>
        <translation>Ein Netz lernt, die Motive zu benennen; behalten wird, was es kurz vor dem Namen sieht.</translation>
    </message>
    <message>
        <source>A photo beyond these limits is listed with the reason; nothing else suffers.</source>
        <translation>Ein Foto jenseits dieser Grenzen wird mit dem Grund aufgeführt; alles andere geht weiter.</translation>
    </message>
    <message>
        <source>A photo has to be closer to one of its subject than to any of another, by a margin.</source>
        <translation>Ein Foto muss einem seines Motivs um einen Abstand näher sein als jedem eines anderen.</translation>
    </message>
    <message>
        <source>A picture that is not in the library now</source>
        <translation>Ein Bild, das jetzt nicht in der Bibliothek ist</translation>
    </message>
    <message>
        <source>A step in parts needs less memory: so many times the photos above count as one step.</source>
        <translation>Ein Schritt in Teilen braucht weniger Speicher: So viele Male die Fotos oben zählen als ein Schritt.</translation>
    </message>
    <message>
        <source>A table (.csv, .tsv, .txt) or a list (.json) of photos and their labels</source>
        <translation>Eine Tabelle (.csv, .tsv, .txt) oder eine Liste (.json) von Fotos und ihren Bezeichnungen</translation>
    </message>
    <message>
        <source>A to Z</source>
        <translation>A bis Z</translation>
    </message>
    <message>
        <source>A training of these photos with these labels was stopped before its end. It goes on from there.</source>
        <translation>Ein Training dieser Fotos mit diesen Bezeichnungen wurde vor dem Ende angehalten. Es geht dort weiter.</translation>
    </message>
    <message>
        <source>A training that is cancelled or killed goes on from the last one.</source>
        <translation>Ein abgebrochenes oder beendetes Training geht vom letzten aus weiter.</translation>
    </message>
    <message>
        <source>A, S, F, D</source>
        <translation>A, S, F, D</translation>
    </message>
    <message>
        <source>About Lookalike</source>
        <translation>Über Lookalike</translation>
    </message>
    <message>
        <source>About {size} of it are of no use to anybody.</source>
        <translation>Etwa {size} davon nützen niemandem mehr.</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Adapt to the look of my photos</source>
        <translation>An das Aussehen meiner Fotos anpassen</translation>
    </message>
    <message>
        <source>Add a folder that holds one folder for each subject, several folders that are a subject each, or a list of photos with their labels.</source>
        <translation>Fügen Sie einen Ordner hinzu, der für jedes Motiv einen Ordner enthält, mehrere Ordner, die je ein Motiv sind, oder eine Liste von Fotos mit ihren Bezeichnungen.</translation>
    </message>
    <message>
        <source>Add a folder with photos</source>
        <translation>Einen Ordner mit Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder with photos, and duplicates among them can be looked for.</source>
        <translation>Fügen Sie einen Ordner mit Fotos hinzu, dann können darin Duplikate gesucht werden.</translation>
    </message>
    <message>
        <source>Add a folder with photos, or wait until the first ones are indexed.</source>
        <translation>Einen Ordner mit Fotos hinzufügen oder warten, bis die ersten erfasst sind.</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Add a list of labelled photos</source>
        <translation>Liste bezeichneter Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Add a model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Add a model folder</source>
        <translation>Modellordner hinzufügen</translation>
    </message>
    <message>
        <source>Add a model from a file or a folder; or drop it here</source>
        <translation>Ein Modell aus einer Datei oder einem Ordner hinzufügen; oder hier ablegen</translation>
    </message>
    <message>
        <source>Add a reference folder</source>
        <translation>Referenzordner hinzufügen</translation>
    </message>
    <message>
        <source>Add a reference folder…</source>
        <translation>Referenzordner hinzufügen …</translation>
    </message>
    <message>
        <source>Add folder to library</source>
        <translation>Ordner zur Bibliothek hinzufügen</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Add labelled photos</source>
        <translation>Sortierte Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Add list…</source>
        <translation>Liste hinzufügen …</translation>
    </message>
    <message>
        <source>Add picture</source>
        <translation>Bild hinzufügen</translation>
    </message>
    <message>
        <source>Add this model</source>
        <translation>Dieses Modell hinzufügen</translation>
    </message>
    <message>
        <source>Add to collection</source>
        <translation>Zu einer Sammlung</translation>
    </message>
    <message>
        <source>Add to collection…</source>
        <translation>In Sammlung aufnehmen…</translation>
    </message>
    <message>
        <source>Add to the query</source>
        <translation>Zur Suche hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>Add {n} picture to the query</source>
        <comment>Add {n} pictures to the query</comment>
        <translation>
            <numerusform>{n} Bild zur Suche hinzufügen</numerusform>
            <numerusform>{n} Bilder zur Suche hinzufügen</numerusform>
        </translation>
    </message>
    <message>
        <source>After so many rounds the rate begins anew.</source>
        <translation>Nach so vielen Runden beginnt die Rate von vorn.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>All as they were</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>All but hidden ones</source>
        <translation>Alle außer ausgeblendeten</translation>
    </message>
    <message>
        <source>All done</source>
        <translation>Alles erledigt</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>All of the time, from {first} to {last}</source>
        <translation>Die ganze Zeit, von {first} bis {last}</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>All photos by day or month</source>
        <translation>Alle Fotos nach Tag oder Monat</translation>
    </message>
    <message>
        <source>All photos of a subject are pulled together at once, against all others (SupCon).</source>
        <translation>Alle Fotos eines Motivs werden auf einmal zusammengezogen, gegen alle anderen (SupCon).</translation>
    </message>
    <message>
        <source>All photos on a map, alike ones near each other</source>
        <translation>Alle Fotos auf einer Karte, ähnliche nahe beieinander</translation>
    </message>
    <message>
        <source>All photos, folder by folder</source>
        <translation>Alle Fotos, Ordner für Ordner</translation>
    </message>
    <message>
        <source>All photos, the newest first</source>
        <translation>Alle Fotos, die neuesten zuerst</translation>
    </message>
    <message>
        <source>All that can be chosen about the training</source>
        <translation>Alles, was sich am Training wählen lässt</translation>
    </message>
    <message>
        <source>All, hidden ones too</source>
        <translation>Alle, auch ausgeblendete</translation>
    </message>
    <message>
        <source>Also look for crops (slower)</source>
        <translation>Auch nach Ausschnitten suchen (langsamer)</translation>
    </message>
    <message>
        <source>Altitude</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Among duplicates</source>
        <translation>Bei den Duplikaten</translation>
    </message>
    <message>
        <source>An update is under way. Try again when it has finished, or cancel it first.</source>
        <translation>Gerade wird erfasst. Versuchen Sie es danach noch einmal, oder brechen Sie das Erfassen ab.</translation>
    </message>
    <message>
        <source>Angles</source>
        <translation>Winkel</translation>
    </message>
    <message>
        <source>Another language holds from the next start of Lookalike.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start von Lookalike.</translation>
    </message>
    <message>
        <source>Answers for now</source>
        <translation>Antwortet vorläufig</translation>
    </message>
    <message>
        <source>Answers searches</source>
        <translation>Beantwortet Suchen</translation>
    </message>
    <message>
        <source>Any day</source>
        <translation>Jeder Tag</translation>
    </message>
    <message>
        <source>Any or none</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Any size</source>
        <translation>Jede Größe</translation>
    </message>
    <message>
        <source>Anywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Arranging by look… {share}</source>
        <translation>Ordnet nach Aussehen … {share}</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Pfeiltasten</translation>
    </message>
    <message>
        <source>Artist</source>
        <translation>Urheber</translation>
    </message>
    <message>
        <source>As close as a copy.</source>
        <translation>So nah wie eine Kopie.</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>As the network wants it</source>
        <translation>Wie das Netz sie will</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Ask each time</source>
        <translation>Jedes Mal fragen</translation>
    </message>
    <message>
        <source>At its highest. Too high, and the loss grows.</source>
        <translation>Wo sie am höchsten ist. Ist sie zu hoch, wächst der Fehler.</translation>
    </message>
    <message>
        <source>At least {n} pixels</source>
        <translation>Mindestens {n} Pixel</translation>
    </message>
    <message>
        <source>At most so many subjects share the photos of a step.</source>
        <translation>Höchstens so viele Motive teilen sich die Fotos eines Schritts.</translation>
    </message>
    <message>
        <source>At most {most} photos can be dragged at once.</source>
        <translation>Höchstens {most} Fotos lassen sich auf einmal ziehen.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back and forward</source>
        <translation>Zurück und vor</translation>
    </message>
    <message>
        <source>Back to the groups</source>
        <translation>Zurück zu den Gruppen</translation>
    </message>
    <message>
        <source>Back to this model</source>
        <translation>Zurück zu diesem Modell</translation>
    </message>
    <message>
        <source>Back to what was on screen before</source>
        <translation>Zurück zu dem, was davor zu sehen war</translation>
    </message>
    <message>
        <source>Back to “{name}”</source>
        <translation>Zurück zu „{name}“</translation>
    </message>
    <message>
        <source>Back up the library</source>
        <translation>Bibliothek sichern</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sichern …</translation>
    </message>
    <message>
        <source>Backed up: {when}</source>
        <translation>Gesichert: {when}</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>Backups of libraries</source>
        <translation>Sicherungen von Bibliotheken</translation>
    </message>
    <message>
        <source>Begin with those that are nearly right, then take the hardest; or stay with the former.</source>
        <translation>Erst die fast richtigen, dann die schwersten; oder bei den ersten bleiben.</translation>
    </message>
    <message>
        <source>Begins with</source>
        <translation>Beginnt mit</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>Beste zuerst</translation>
    </message>
    <message>
        <source>Best shot</source>
        <translation>Beste Aufnahme</translation>
    </message>
    <message>
        <source>Beyond the limits</source>
        <translation>Jenseits der Grenzen</translation>
    </message>
    <message>
        <source>Beyond this the oldest thumbnails are dropped when indexing ends.</source>
        <translation>Darüber hinaus werden nach dem Erfassen die ältesten Miniaturen verworfen.</translation>
    </message>
    <message>
        <source>BiT’s rule</source>
        <translation>Regel von BiT</translation>
    </message>
    <message>
        <source>Both beside each other (A)</source>
        <translation>Beide nebeneinander (A)</translation>
    </message>
    <message>
        <source>Bring the library up to date by itself when photos come, change or go</source>
        <translation>Die Bibliothek von selbst auf den neuesten Stand bringen, wenn Fotos dazukommen, sich ändern oder verschwinden</translation>
    </message>
    <message>
        <source>Browse</source>
        <translation>Stöbern</translation>
    </message>
    <message numerus="yes">
        <source>Browse {n} photo</source>
        <comment>Browse {n} photos</comment>
        <translation>
            <numerusform>{n} Foto ansehen</numerusform>
            <numerusform>{n} Fotos ansehen</numerusform>
        </translation>
    </message>
    <message>
        <source>Building the index</source>
        <translation>Index wird aufgebaut</translation>
    </message>
    <message>
        <source>Bursts: {n}</source>
        <translation>Serien: {n}</translation>
    </message>
    <message>
        <source>By folder</source>
        <translation>Nach Ordner</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>Von selbst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By the number of photos</source>
        <translation>Nach Zahl der Fotos</translation>
    </message>
    <message>
        <source>C, Escape</source>
        <translation>C, Esc</translation>
    </message>
    <message>
        <source>COLLECTIONS</source>
        <translation>SAMMLUNGEN</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>Zwischenspeicher</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Kameras</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel indexing; what is done is kept</source>
        <translation>Erfassen abbrechen; was fertig ist, bleibt</translation>
    </message>
    <message>
        <source>Cancelled. What was done before stays done, and nothing is lost.</source>
        <translation>Abgebrochen. Was bis dahin getan war, bleibt getan, und nichts ist verloren.</translation>
    </message>
    <message>
        <source>Cannot be opened</source>
        <translation>Lassen sich nicht öffnen</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Cannot be read for another reason</source>
        <translation>Aus einem anderen Grund nicht lesbar</translation>
    </message>
    <message>
        <source>Catalogue</source>
        <translation>Katalog</translation>
    </message>
    <message>
        <source>Change of light</source>
        <translation>Änderung der Helligkeit</translation>
    </message>
    <message>
        <source>Change pictures by itself (T)</source>
        <translation>Bilder von selbst wechseln (T)</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Check another folder…</source>
        <translation>Anderen Ordner prüfen …</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Check once more</source>
        <translation>Noch einmal prüfen</translation>
    </message>
    <message>
        <source>Check the permissions of the folder.</source>
        <translation>Prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>Check their permissions and the disk they are on.</source>
        <translation>Prüfen Sie die Zugriffsrechte und das Laufwerk.</translation>
    </message>
    <message>
        <source>Checked files</source>
        <translation>Geprüfte Dateien</translation>
    </message>
    <message>
        <source>Checked: {when}</source>
        <translation>Geprüft: {when}</translation>
    </message>
    <message>
        <source>Checking the backup</source>
        <translation>Sicherung wird geprüft</translation>
    </message>
    <message>
        <source>Checking the catalogue</source>
        <translation>Katalog wird geprüft</translation>
    </message>
    <message>
        <source>Checking the copy of the catalogue</source>
        <translation>Kopie des Katalogs wird geprüft</translation>
    </message>
    <message>
        <source>Checking the embeddings</source>
        <translation>Einbettungen werden geprüft</translation>
    </message>
    <message>
        <source>Checking the index</source>
        <translation>Index wird geprüft</translation>
    </message>
    <message>
        <source>Checking the thumbnails</source>
        <translation>Miniaturen werden geprüft</translation>
    </message>
    <message>
        <source>Checking “{name}”…</source>
        <translation>„{name}“ wird geprüft …</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>Choose a command, then press the keys it shall have.</source>
        <translation>Einen Befehl wählen, dann die neuen Tasten drücken.</translation>
    </message>
    <message>
        <source>Choose a folder or memory card to check</source>
        <translation>Ordner oder Speicherkarte zum Prüfen wählen</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Choose a program</source>
        <translation>Programm wählen</translation>
    </message>
    <message>
        <source>Choose a region…</source>
        <translation>Ausschnitt wählen…</translation>
    </message>
    <message>
        <source>Choose another program.</source>
        <translation>Bitte ein anderes Programm wählen.</translation>
    </message>
    <message>
        <source>Choose one in the settings of your system.</source>
        <translation>Eines in den Einstellungen des Systems festlegen.</translation>
    </message>
    <message>
        <source>Choose the folder in which the photos lie.</source>
        <translation>Wählen Sie den Ordner, in dem die Fotos liegen.</translation>
    </message>
    <message>
        <source>Choose the folder of the photos…</source>
        <translation>Ordner der Fotos wählen …</translation>
    </message>
    <message>
        <source>Choose the same again</source>
        <translation>Dasselbe noch einmal wählen</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Klassifikation</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>Alle aufheben</translation>
    </message>
    <message>
        <source>Clear the filters to see all {n} photos.</source>
        <translation>Ohne Filter sind alle {n} Fotos zu sehen.</translation>
    </message>
    <message>
        <source>Clear the history</source>
        <translation>Verlauf leeren</translation>
    </message>
    <message>
        <source>Clear the history; pinned queries stay</source>
        <translation>Verlauf leeren; Angeheftetes bleibt</translation>
    </message>
    <message>
        <source>Clear the query</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>Clear the thumbnails</source>
        <translation>Miniaturen leeren</translation>
    </message>
    <message>
        <source>Click to see it large and choose a region (Enter)</source>
        <translation>Anklicken, um es groß zu sehen und einen Ausschnitt zu wählen (Eingabetaste)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Close the comparison, then the duplicates</source>
        <translation>Den Vergleich schließen, dann die Duplikate</translation>
    </message>
    <message>
        <source>Close the filters</source>
        <translation>Filter schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>Close; it goes on</source>
        <translation>Schließen; es geht weiter</translation>
    </message>
    <message>
        <source>Closer than {percent} of random pairs of your photos.</source>
        <translation>Näher als {percent} zufälliger Paare der eigenen Fotos.</translation>
    </message>
    <message>
        <source>Closest first</source>
        <translation>Ähnlichste zuerst</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>Collections of the photos</source>
        <translation>Sammlungen der Fotos</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Colours: {what}</source>
        <translation>Farben: {what}</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Compact</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare the file with its match, with linked zoom</source>
        <translation>Die Datei mit ihrem Gegenstück vergleichen, mit gemeinsamem Zoom</translation>
    </message>
    <message>
        <source>Compare the photo with the best one, with linked zoom</source>
        <translation>Das Foto mit dem besten vergleichen, mit gemeinsamem Zoom</translation>
    </message>
    <message>
        <source>Compare with its match</source>
        <translation>Mit dem Gegenstück vergleichen</translation>
    </message>
    <message>
        <source>Compare with the best one</source>
        <translation>Mit dem besten vergleichen</translation>
    </message>
    <message>
        <source>Compare with the next picture of the query</source>
        <translation>Mit dem nächsten Bild der Anfrage vergleichen</translation>
    </message>
    <message>
        <source>Compare with the next picture of the query (Q)</source>
        <translation>Mit dem nächsten Bild der Anfrage vergleichen (Q)</translation>
    </message>
    <message>
        <source>Compare with the query</source>
        <translation>Mit der Anfrage vergleichen</translation>
    </message>
    <message>
        <source>Comparing photos…</source>
        <translation>Vergleicht Fotos …</translation>
    </message>
    <message>
        <source>Comparing {one} with {other}</source>
        <translation>Vergleich von {one} mit {other}</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>Connect it, and the photo is shown.</source>
        <translation>Sobald es verbunden ist, wird das Foto gezeigt.</translation>
    </message>
    <message>
        <source>Connect the drive, or say where the folder is now.</source>
        <translation>Schließen Sie das Laufwerk an, oder sagen Sie, wo der Ordner jetzt ist.</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>Koordinaten</translation>
    </message>
    <message>
        <source>Copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>Copies and bursts, to look through and to clear up</source>
        <translation>Kopien und Serien, zum Durchsehen und Aufräumen</translation>
    </message>
    <message>
        <source>Copies of one picture, and shots of one moment, in groups to look through. Nothing is deleted.</source>
        <translation>Kopien desselben Bildes und Aufnahmen desselben Augenblicks, in Gruppen zum Durchsehen. Gelöscht wird nichts.</translation>
    </message>
    <message>
        <source>Copies of the catalogue</source>
        <translation>Kopien des Katalogs</translation>
    </message>
    <message>
        <source>Copies: {n}</source>
        <translation>Kopien: {n}</translation>
    </message>
    <message>
        <source>Copy all of it</source>
        <translation>Alles kopieren</translation>
    </message>
    <message>
        <source>Copy it to this computer and drop the copy.</source>
        <translation>Kopieren Sie es auf diesen Rechner und ziehen Sie die Kopie hierher.</translation>
    </message>
    <message>
        <source>Copy only the new ones to…</source>
        <translation>Nur die neuen kopieren …</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Pfad kopieren</translation>
    </message>
    <message numerus="yes">
        <source>Copy path</source>
        <comment>Copy {n} paths</comment>
        <translation>
            <numerusform>Pfad kopieren</numerusform>
            <numerusform>{n} Pfade kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>Pfade kopieren</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Copy the paths of the selected files</source>
        <translation>Die Pfade der ausgewählten Dateien kopieren</translation>
    </message>
    <message>
        <source>Copy the selected entries</source>
        <translation>Gewählte Einträge kopieren</translation>
    </message>
    <message>
        <source>Copy the selected files to a folder</source>
        <translation>Gewählte Dateien in einen Ordner kopieren</translation>
    </message>
    <message numerus="yes">
        <source>Copy the selected one to…</source>
        <comment>Copy the {n} selected ones to…</comment>
        <translation>
            <numerusform>Die gewählte kopieren …</numerusform>
            <numerusform>{n} gewählte kopieren …</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the selected ones to…</source>
        <translation>Gewählte kopieren …</translation>
    </message>
    <message numerus="yes">
        <source>Copy the {n} new one to…</source>
        <comment>Copy the {n} new ones to…</comment>
        <translation>
            <numerusform>{n} neues kopieren …</numerusform>
            <numerusform>{n} neue kopieren …</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy them again from the camera or a backup.</source>
        <translation>Kopieren Sie sie noch einmal von der Kamera oder aus einer Sicherung.</translation>
    </message>
    <message numerus="yes">
        <source>Copy {n} photo to a folder</source>
        <comment>Copy {n} photos to a folder</comment>
        <translation>
            <numerusform>{n} Foto in einen Ordner kopieren</numerusform>
            <numerusform>{n} Fotos in einen Ordner kopieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Copying…</source>
        <translation>Kopiert …</translation>
    </message>
    <message>
        <source>Copyright</source>
        <translation>Copyright</translation>
    </message>
    <message>
        <source>Correct the ending of the name, or delete the file.</source>
        <translation>Berichtigen Sie die Endung des Namens, oder löschen Sie die Datei.</translation>
    </message>
    <message>
        <source>Correct the labels again. The file is kept as {name}.</source>
        <translation>Berichtigen Sie die Bezeichnungen noch einmal. Die Datei bleibt als {name} erhalten.</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Korrektur</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>Cosine is what the library searches by; Euclidean is for comparison with others.</source>
        <translation>Nach dem Kosinus sucht die Bibliothek; euklidisch ist zum Vergleich mit anderen.</translation>
    </message>
    <message>
        <source>Count it more, count it less</source>
        <translation>Mehr zählen lassen, weniger zählen lassen</translation>
    </message>
    <message>
        <source>Counts as “{label}” in your trainings.</source>
        <translation>Zählt in Ihren Trainings als „{label}“.</translation>
    </message>
    <message>
        <source>Course of the rate</source>
        <translation>Verlauf der Rate</translation>
    </message>
    <message>
        <source>Covered</source>
        <translation>Verdeckt</translation>
    </message>
    <message>
        <source>Ctrl and the mouse wheel do the same in the gallery.</source>
        <translation>Strg und das Mausrad tun dasselbe in der Galerie.</translation>
    </message>
    <message>
        <source>Ctrl+A, Escape</source>
        <translation>Strg+A, Esc</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabetaste</translation>
    </message>
    <message>
        <source>Ctrl+arrows</source>
        <translation>Strg+Pfeile</translation>
    </message>
    <message>
        <source>Ctrl+wheel</source>
        <translation>Strg+Mausrad</translation>
    </message>
    <message>
        <source>DECISIONS</source>
        <translation>ENTSCHEIDUNGEN</translation>
    </message>
    <message>
        <source>DETAILS</source>
        <translation>DETAILS</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Decide…</source>
        <translation>Entscheiden …</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Decisions about the photos</source>
        <translation>Entscheidungen über die Fotos</translation>
    </message>
    <message>
        <source>Default program</source>
        <translation>Standardprogramm</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete all thumbnails; each is made again when it is needed</source>
        <translation>Alle Miniaturen löschen; jede wird neu gemacht, wenn sie gebraucht wird</translation>
    </message>
    <message>
        <source>Delete the training “{name}”?</source>
        <translation>Das Training „{name}“ löschen?</translation>
    </message>
    <message>
        <source>Delete training</source>
        <translation>Training löschen</translation>
    </message>
    <message numerus="yes">
        <source>Delete {n} query</source>
        <comment>Delete {n} queries</comment>
        <translation>
            <numerusform>{n} Suche löschen</numerusform>
            <numerusform>{n} Suchen löschen</numerusform>
        </translation>
    </message>
    <message>
        <source>Deletes what nobody needs any more, and gives the room back to the disk.</source>
        <translation>Löscht, was niemand mehr braucht, und gibt den Platz auf der Platte frei.</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>Deleting what nobody needs</source>
        <translation>Unnötiges wird gelöscht</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheit</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>Differences {gain} times as strong</source>
        <translation>Unterschiede {gain}-fach verstärkt</translation>
    </message>
    <message>
        <source>Different pictures.</source>
        <translation>Verschiedene Bilder.</translation>
    </message>
    <message>
        <source>Different shots of one thing, {time} apart.</source>
        <translation>Verschiedene Aufnahmen derselben Sache, {time} auseinander.</translation>
    </message>
    <message>
        <source>Different shots of one thing.</source>
        <translation>Verschiedene Aufnahmen derselben Sache.</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Discard what “{name}” has learned?</source>
        <translation>Verwerfen, was „{name}“ gelernt hat?</translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation>Verwerfen …</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>Divider at {share} %</source>
        <translation>Teiler bei {share} %</translation>
    </message>
    <message>
        <source>Do I have these photos?</source>
        <translation>Habe ich diese Fotos?</translation>
    </message>
    <message>
        <source>Do I have these?</source>
        <translation>Habe ich diese?</translation>
    </message>
    <message>
        <source>Do I have this?</source>
        <translation>Habe ich das?</translation>
    </message>
    <message>
        <source>Do I have this?…</source>
        <translation>Habe ich das? …</translation>
    </message>
    <message>
        <source>Do I have what is in it?</source>
        <translation>Habe ich, was darin ist?</translation>
    </message>
    <message>
        <source>Do what is left undone: look through those folders again</source>
        <translation>Tun, was liegen geblieben ist: diese Ordner noch einmal durchsehen</translation>
    </message>
    <message>
        <source>Document for programs (*.json)</source>
        <translation>Dokument für Programme (*.json)</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Don’t download</source>
        <translation>Nicht herunterladen</translation>
    </message>
    <message>
        <source>Double-click the score slider to see all of them.</source>
        <translation>Ein Doppelklick auf den Regler zeigt wieder alle.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Download a picture whose link is dropped or pasted</source>
        <translation>Ein Bild herunterladen, dessen Link abgelegt oder eingefügt wird</translation>
    </message>
    <message>
        <source>Download these pictures?</source>
        <translation>Diese Bilder herunterladen?</translation>
    </message>
    <message>
        <source>Download this picture from {host}?</source>
        <translation>Dieses Bild von {host} herunterladen?</translation>
    </message>
    <message>
        <source>Download this picture?</source>
        <translation>Bild herunterladen?</translation>
    </message>
    <message numerus="yes">
        <source>Download {n} picture from {hosts}?</source>
        <comment>Download {n} pictures from {hosts}?</comment>
        <translation>
            <numerusform>{n} Bild von {hosts} herunterladen?</numerusform>
            <numerusform>{n} Bilder von {hosts} herunterladen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Downloading from {site}…</source>
        <translation>Wird von {site} heruntergeladen …</translation>
    </message>
    <message>
        <source>Drag across the bars to choose a time; double-click to choose all of it</source>
        <translation>Über die Balken ziehen, um einen Zeitraum zu wählen; Doppelklick wählt alles</translation>
    </message>
    <message>
        <source>Drag, or use the wheel or the arrow keys; double-click for what is usual</source>
        <translation>Ziehen, oder mit Mausrad oder Pfeiltasten; ein Doppelklick stellt das Übliche ein</translation>
    </message>
    <message>
        <source>Draw around the part that counts.</source>
        <translation>Ziehen Sie einen Rahmen um den Teil, der zählt.</translation>
    </message>
    <message>
        <source>Drawing the map…</source>
        <translation>Zeichnet die Karte …</translation>
    </message>
    <message>
        <source>Drop a folder or a memory card here, or choose one. Each photo is compared with your library; nothing is added or changed.</source>
        <translation>Einen Ordner oder eine Speicherkarte hierher ziehen oder wählen. Jedes Foto wird mit der Bibliothek verglichen; nichts wird hinzugefügt oder geändert.</translation>
    </message>
    <message>
        <source>Drop a photo to find its lookalikes</source>
        <translation>Ein Foto hierher ziehen, um ähnliche zu finden</translation>
    </message>
    <message>
        <source>Drop or copy a photo or a folder.</source>
        <translation>Ein Foto oder einen Ordner ziehen oder kopieren.</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>Duplikate</translation>
    </message>
    <message>
        <source>Each collection that you choose is a subject</source>
        <translation>Jede gewählte Sammlung ist ein Motiv</translation>
    </message>
    <message>
        <source>Each photo is compared with your library; nothing is added.</source>
        <translation>Jedes Foto wird mit der Bibliothek verglichen; nichts wird hinzugefügt.</translation>
    </message>
    <message>
        <source>Each photo is read once; the next time it is quick.</source>
        <translation>Jedes Foto wird einmal gelesen; beim nächsten Mal geht es schnell.</translation>
    </message>
    <message>
        <source>Each photo searched among photos that the model had not learned from.</source>
        <translation>Jedes Foto suchte unter Fotos, aus denen das Modell nicht gelernt hatte.</translation>
    </message>
    <message>
        <source>Each subject has a point that pulls its photos: for many subjects of few photos (Proxy-Anchor).</source>
        <translation>Jedes Motiv hat einen Punkt, der seine Fotos anzieht: für viele Motive mit wenigen Fotos (Proxy-Anchor).</translation>
    </message>
    <message>
        <source>Each takes so many times as long as the one before; it ends where the rate is lowest.</source>
        <translation>Jeder dauert so viele Male so lang wie der vorige; es endet, wo die Rate am niedrigsten ist.</translation>
    </message>
    <message>
        <source>Earlier trainings</source>
        <translation>Frühere Trainings</translation>
    </message>
    <message numerus="yes">
        <source>Earlier trainings ({n} to decide)…</source>
        <comment>Earlier trainings ({n} to decide)…</comment>
        <translation>
            <numerusform>Frühere Trainings ({n} zu entscheiden) …</numerusform>
            <numerusform>Frühere Trainings ({n} zu entscheiden) …</numerusform>
        </translation>
    </message>
    <message>
        <source>Earlier trainings…</source>
        <translation>Frühere Trainings …</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Bearbeitet</translation>
    </message>
    <message>
        <source>Embedding again</source>
        <translation>Neu einlesen</translation>
    </message>
    <message>
        <source>Embedding with the new model</source>
        <translation>Einlesen mit dem neuen Modell</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabetaste</translation>
    </message>
    <message>
        <source>Enter, Escape</source>
        <translation>Eingabetaste, Esc</translation>
    </message>
    <message>
        <source>Enter, Space</source>
        <translation>Eingabetaste, Leertaste</translation>
    </message>
    <message>
        <source>Enter, double-click</source>
        <translation>Eingabe, Doppelklick</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Escape, Escape</source>
        <translation>Esc, Esc</translation>
    </message>
    <message>
        <source>Euclidean</source>
        <translation>Euklidisch</translation>
    </message>
    <message>
        <source>Every file could be read</source>
        <translation>Alle Dateien sind lesbar</translation>
    </message>
    <message>
        <source>Every file in your folders is accounted for here.</source>
        <translation>Hier steht jede Datei Ihrer Ordner, die nicht durchsuchbar ist.</translation>
    </message>
    <message>
        <source>Every photo is embedded with it first.</source>
        <translation>Zuerst werden alle Fotos damit eingelesen.</translation>
    </message>
    <message>
        <source>Every photo is one of its kind, as far as was looked. Looking farther may find more.</source>
        <translation>Jedes Foto ist ein Einzelstück, so weit gesucht wurde. Wer weiter sucht, findet vielleicht mehr.</translation>
    </message>
    <message>
        <source>Every photo is searchable</source>
        <translation>Jedes Foto ist durchsuchbar</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Expert options</source>
        <translation>Optionen für Experten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export results…</source>
        <translation>Ergebnisse exportieren …</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>Modell exportieren</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Wird exportiert …</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message numerus="yes">
        <source>Export…</source>
        <comment>Export {n} photos…</comment>
        <translation>
            <numerusform>Exportieren …</numerusform>
            <numerusform>{n} Fotos exportieren …</numerusform>
        </translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>FOLDERS</source>
        <translation>ORDNER</translation>
    </message>
    <message>
        <source>Falling gently</source>
        <translation>Sanft fallend</translation>
    </message>
    <message>
        <source>Falling, with restarts</source>
        <translation>Fallend, mit Neustarts</translation>
    </message>
    <message>
        <source>Far enough</source>
        <translation>Fern genug</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Schwerer Fehler</translation>
    </message>
    <message>
        <source>Fewer are smaller and quicker to search; the model’s own network keeps its number.</source>
        <translation>Weniger sind kleiner und schneller zu durchsuchen; das eigene Netz des Modells behält seine Zahl.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>File (.onnx, .zip)…</source>
        <translation>Datei (.onnx, .zip) …</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>Files are still being copied.</source>
        <translation>Es werden noch Dateien kopiert.</translation>
    </message>
    <message>
        <source>Files that are not searchable</source>
        <translation>Nicht durchsuchbare Dateien</translation>
    </message>
    <message>
        <source>Filter the history</source>
        <translation>Verlauf filtern</translation>
    </message>
    <message>
        <source>Filter: {words}. Press Delete to take it away.</source>
        <translation>Filter: {words}. Entf nimmt ihn weg.</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Find by the beginning of a name; / first if its first letter is a key</source>
        <translation>Nach dem Anfang des Namens suchen; mit / davor, falls der Buchstabe eine Taste ist</translation>
    </message>
    <message>
        <source>Find duplicates</source>
        <translation>Duplikate finden</translation>
    </message>
    <message>
        <source>Find lookalikes</source>
        <translation>Ähnliche finden</translation>
    </message>
    <message>
        <source>Find lookalikes of a region</source>
        <translation>Ähnliche zu einem Ausschnitt finden</translation>
    </message>
    <message>
        <source>Find lookalikes of a region…</source>
        <translation>Ähnliche zu einem Ausschnitt finden…</translation>
    </message>
    <message>
        <source>Find lookalikes of the current result</source>
        <translation>Ähnliche zum aktuellen Ergebnis finden</translation>
    </message>
    <message>
        <source>Find lookalikes of the file</source>
        <translation>Ähnliche zu der Datei finden</translation>
    </message>
    <message>
        <source>Find lookalikes of this</source>
        <translation>Ähnliche hierzu finden</translation>
    </message>
    <message>
        <source>Find lookalikes of this photo</source>
        <translation>Ähnliche zu diesem Foto finden</translation>
    </message>
    <message>
        <source>Find lookalikes of this photo (L)</source>
        <translation>Ähnliche zu diesem Foto finden (L)</translation>
    </message>
    <message numerus="yes">
        <source>Find lookalikes of this {n} picture</source>
        <comment>Find lookalikes of these {n} pictures</comment>
        <translation>
            <numerusform>Ähnliche zu diesem {n} Bild finden</numerusform>
            <numerusform>Ähnliche zu diesen {n} Bildern finden</numerusform>
        </translation>
    </message>
    <message>
        <source>Finds lookalikes in your own photos. Nothing leaves this computer.</source>
        <translation>Findet Ähnliches in den eigenen Fotos. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Finishing…</source>
        <translation>Wird beendet …</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erstes</translation>
    </message>
    <message>
        <source>First restart</source>
        <translation>Erster Neustart</translation>
    </message>
    <message>
        <source>Fit the window, or 100 % (0, 1)</source>
        <translation>Ins Fenster einpassen oder 100 % (0, 1)</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>Blitz</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>Wechsel</translation>
    </message>
    <message>
        <source>Flip by itself</source>
        <translation>Von selbst wechseln</translation>
    </message>
    <message>
        <source>Flip to the other picture</source>
        <translation>Zum anderen Bild wechseln</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Brennweite</translation>
    </message>
    <message>
        <source>Fold near-identical photos into stacks</source>
        <translation>Fast gleiche Fotos stapeln</translation>
    </message>
    <message>
        <source>Fold the files of a reason in or out</source>
        <translation>Die Dateien eines Grundes ein- oder ausklappen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder of the photos</source>
        <translation>Ordner der Fotos</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Follow what is added</source>
        <translation>Mitlaufen, wenn etwas dazukommt</translation>
    </message>
    <message>
        <source>For photos with several labels, as an older program does it: for comparison. Seconds.</source>
        <translation>Für Fotos mit mehreren Beschriftungen, wie es ein älteres Programm tut: zum Vergleich. Sekunden.</translation>
    </message>
    <message>
        <source>For photos with several labels: likeness itself is learned as a number. Seconds.</source>
        <translation>Für Fotos mit mehreren Beschriftungen: Gelernt wird die Ähnlichkeit selbst, als Zahl. Sekunden.</translation>
    </message>
    <message>
        <source>For photos with several labels: those with more in common come closer. Seconds.</source>
        <translation>Für Fotos mit mehreren Beschriftungen: Was mehr gemeinsam hat, rückt näher. Sekunden.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>Formate</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Forward to what was on screen after this</source>
        <translation>Vor zu dem, was danach zu sehen war</translation>
    </message>
    <message>
        <source>Found, of 100 photos</source>
        <translation>Gefunden, von 100 Fotos</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0. It is made of these parts:</source>
        <translation>Freie Software unter der Apache-Lizenz 2.0. Sie besteht aus diesen Teilen:</translation>
    </message>
    <message>
        <source>Free some space, or check the permissions of the folder.</source>
        <translation>Schaffen Sie Platz, oder prüfen Sie die Rechte des Ordners.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>From collections</source>
        <translation>Aus Sammlungen</translation>
    </message>
    <message>
        <source>From the disk…</source>
        <translation>Von der Platte …</translation>
    </message>
    <message>
        <source>From the one end</source>
        <translation>Vom einen Ende</translation>
    </message>
    <message>
        <source>From the other end</source>
        <translation>Vom anderen Ende</translation>
    </message>
    <message>
        <source>From this day</source>
        <translation>Ab diesem Tag</translation>
    </message>
    <message>
        <source>From this distance on a pair of two subjects costs nothing.</source>
        <translation>Ab diesem Abstand kostet ein Paar zweier Motive nichts.</translation>
    </message>
    <message>
        <source>From {day}</source>
        <translation>Ab {day}</translation>
    </message>
    <message>
        <source>From {first} to {last}</source>
        <translation>Von {first} bis {last}</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Gentle rounds</source>
        <translation>Sanfte Runden</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Group {number}</source>
        <translation>Gruppe {number}</translation>
    </message>
    <message>
        <source>Groups of duplicates</source>
        <translation>Gruppen von Duplikaten</translation>
    </message>
    <message>
        <source>Groups of the map</source>
        <translation>Gruppen der Karte</translation>
    </message>
    <message>
        <source>Growing margin</source>
        <translation>Wachsender Abstand</translation>
    </message>
    <message>
        <source>HISTORY</source>
        <translation>VERLAUF</translation>
    </message>
    <message>
        <source>Half of the likeness lies in {share} % of it, {place}.</source>
        <translation>Die Hälfte der Ähnlichkeit liegt in {share} % des Bildes, {place}.</translation>
    </message>
    <message>
        <source>Hardly any photo of “{name}” is in “{folder}”.</source>
        <translation>Kaum ein Foto von „{name}“ liegt in „{folder}“.</translation>
    </message>
    <message>
        <source>Held-out photos: likeness to the teacher’s embedding</source>
        <translation>Zurückgehaltene Fotos: Ähnlichkeit mit dem Vektor des Lehrers</translation>
    </message>
    <message>
        <source>Held-out photos: of the ten nearest, those the teacher has too</source>
        <translation>Zurückgehaltene Fotos: Anteil der zehn nächsten, die auch der Lehrer hat</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Ausgeblendet</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Hide the details</source>
        <translation>Details ausblenden</translation>
    </message>
    <message>
        <source>High contrast, dark</source>
        <translation>Hoher Kontrast, dunkel</translation>
    </message>
    <message>
        <source>High contrast, light</source>
        <translation>Hoher Kontrast, hell</translation>
    </message>
    <message>
        <source>Highest score</source>
        <translation>Größte Ähnlichkeit</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>History of queries</source>
        <translation>Verlauf der Suchen</translation>
    </message>
    <message>
        <source>How alike photos must look to be compared</source>
        <translation>Wie ähnlich Fotos aussehen müssen, um verglichen zu werden</translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation>Wie weit es ist</translation>
    </message>
    <message>
        <source>How far subjects are kept apart, as a cosine.</source>
        <translation>Wie weit Motive auseinandergehalten werden, als Kosinus.</translation>
    </message>
    <message>
        <source>How far the map is</source>
        <translation>Wie weit die Karte ist</translation>
    </message>
    <message>
        <source>How far the search for duplicates is</source>
        <translation>Wie weit die Suche nach Duplikaten ist</translation>
    </message>
    <message>
        <source>How it does with subjects that it has not learned could not be tried: too few are named here.</source>
        <translation>Wie es sich bei Motiven macht, die es nicht gelernt hat, ließ sich nicht prüfen: Hier sind zu wenige benannt.</translation>
    </message>
    <message>
        <source>How much closer photos of one subject have to be: a distance for triplets, degrees for angles.</source>
        <translation>Wie viel näher Fotos eines Motivs sein müssen: ein Abstand bei Tripeln, Grad bei Winkeln.</translation>
    </message>
    <message>
        <source>How much it counts</source>
        <translation>Wie viel es zählt</translation>
    </message>
    <message>
        <source>How much it counts: click for a slider, or turn the wheel with Ctrl</source>
        <translation>Wie viel es zählt: Klick für einen Regler, oder das Mausrad mit Strg drehen</translation>
    </message>
    <message>
        <source>How much more the hardest photos count.</source>
        <translation>Wie viel mehr die schwersten Fotos zählen.</translation>
    </message>
    <message>
        <source>How much pairs of one subject count, of all pairs.</source>
        <translation>Wie viel Paare eines Motivs zählen, von allen Paaren.</translation>
    </message>
    <message>
        <source>How much {name} counts</source>
        <translation>Wie viel {name} zählt</translation>
    </message>
    <message>
        <source>How often every photo is shown, about.</source>
        <translation>Wie oft jedes Foto ungefähr gezeigt wird.</translation>
    </message>
    <message>
        <source>How often photos that are kept back inside the training are searched with.</source>
        <translation>Wie oft mit Fotos gesucht wird, die innerhalb des Trainings zurückgehalten sind.</translation>
    </message>
    <message>
        <source>How strongly differences are shown</source>
        <translation>Wie stark Unterschiede gezeigt werden</translation>
    </message>
    <message>
        <source>How strongly photos are mixed with each other; 0 for not at all, -1 for by BiT’s rule.</source>
        <translation>Wie stark Fotos miteinander gemischt werden; 0 für gar nicht, -1 für die Regel von BiT.</translation>
    </message>
    <message>
        <source>How surely all photos of a subject come before the others, of 100: {before} → {after}.</source>
        <translation>Wie sicher alle Fotos eines Motivs vor den anderen kommen, von 100: {before} → {after}.</translation>
    </message>
    <message>
        <source>How surely photos with more in common come before the others, of 100: {before} → {after}.</source>
        <translation>Wie sicher Fotos mit mehr Gemeinsamem vor den anderen kommen, von 100: {before} → {after}.</translation>
    </message>
    <message>
        <source>How surely photos with much in common come first, for labels that it has not learned, of 100: {before} → {after}.</source>
        <translation>Wie sicher Fotos mit viel Gemeinsamem zuerst kommen, bei Begriffen, die es nicht gelernt hat, von 100: {before} → {after}.</translation>
    </message>
    <message>
        <source>How the learning rate changes over the steps.</source>
        <translation>Wie sich die Lernrate über die Schritte ändert.</translation>
    </message>
    <message>
        <source>How to learn</source>
        <translation>Wie gelernt wird</translation>
    </message>
    <message>
        <source>Identical</source>
        <translation>Identisch</translation>
    </message>
    <message>
        <source>If it was moved or renamed, look for changes (F5).</source>
        <translation>Wurde es verschoben oder umbenannt, nach Änderungen suchen (F5).</translation>
    </message>
    <message>
        <source>In folders that are not connected</source>
        <translation>In Ordnern, die nicht angeschlossen sind</translation>
    </message>
    <message>
        <source>In multiples of the rate above, for all but the last layer.</source>
        <translation>In Vielfachen der Rate oben, für alles außer der letzten Schicht.</translation>
    </message>
    <message>
        <source>In no collection</source>
        <translation>In keiner Sammlung</translation>
    </message>
    <message>
        <source>In the history</source>
        <translation>Im Verlauf</translation>
    </message>
    <message>
        <source>In the list of checked files</source>
        <translation>In der Liste geprüfter Dateien</translation>
    </message>
    <message>
        <source>In the list of what is not searchable</source>
        <translation>In der Liste dessen, was nicht durchsuchbar ist</translation>
    </message>
    <message>
        <source>In the log</source>
        <translation>Im Protokoll</translation>
    </message>
    <message>
        <source>In the results</source>
        <translation>In den Ergebnissen</translation>
    </message>
    <message>
        <source>In the viewer</source>
        <translation>In der Ansicht</translation>
    </message>
    <message>
        <source>Index</source>
        <translation>Index</translation>
    </message>
    <message>
        <source>Index its folder again to renew it.</source>
        <translation>Der Ordner muss neu erfasst werden, um sie zu erneuern.</translation>
    </message>
    <message>
        <source>Index of {name}</source>
        <translation>Index von {name}</translation>
    </message>
    <message>
        <source>Index these folders</source>
        <translation>Diese Ordner erfassen</translation>
    </message>
    <message>
        <source>Index these folders?</source>
        <translation>Diese Ordner erfassen?</translation>
    </message>
    <message>
        <source>Index this folder</source>
        <translation>Diesen Ordner erfassen</translation>
    </message>
    <message>
        <source>Index this folder?</source>
        <translation>Diesen Ordner erfassen?</translation>
    </message>
    <message numerus="yes">
        <source>Index {n} folder?</source>
        <comment>Index {n} folders?</comment>
        <translation>
            <numerusform>{n} Ordner erfassen?</numerusform>
            <numerusform>{n} Ordner erfassen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Index “{name}”?</source>
        <translation>„{name}“ erfassen?</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Erfassen</translation>
    </message>
    <message>
        <source>Indexing stopped.</source>
        <translation>Das Erfassen wurde beendet.</translation>
    </message>
    <message>
        <source>Indexing was cancelled; what was done is kept.</source>
        <translation>Das Erfassen wurde abgebrochen; was fertig ist, bleibt.</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>Installieren</translation>
    </message>
    <message>
        <source>Install Lookalike again.</source>
        <translation>Installieren Sie Lookalike neu.</translation>
    </message>
    <message>
        <source>Install anyway</source>
        <translation>Trotzdem installieren</translation>
    </message>
    <message>
        <source>Install what the reason names, then try again.</source>
        <translation>Installieren Sie, was der Grund nennt, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Is this the folder?</source>
        <translation>Ist das der Ordner?</translation>
    </message>
    <message>
        <source>It answers at once.</source>
        <translation>Es antwortet sofort.</translation>
    </message>
    <message>
        <source>It answers for now, with the photos that it has embedded.</source>
        <translation>Es antwortet vorläufig, mit den Fotos, die es eingelesen hat.</translation>
    </message>
    <message>
        <source>It answers searches. Choose another model first.</source>
        <translation>Es beantwortet Suchen. Wählen Sie zuerst ein anderes Modell.</translation>
    </message>
    <message>
        <source>It cannot be read from where it is</source>
        <translation>Von dort kann es nicht gelesen werden</translation>
    </message>
    <message>
        <source>It has no file.</source>
        <translation>Es hat keine Datei.</translation>
    </message>
    <message>
        <source>It is about to take over. Keep the present model first.</source>
        <translation>Es soll bald übernehmen. Behalten Sie zuerst das jetzige Modell.</translation>
    </message>
    <message>
        <source>It is better, and not installed.</source>
        <translation>Es ist besser und nicht installiert.</translation>
    </message>
    <message>
        <source>It is checked first.</source>
        <translation>Es wird zuerst geprüft.</translation>
    </message>
    <message numerus="yes">
        <source>It is compared with {n} photo in your folders.</source>
        <comment>It is compared with {n} photos in your folders.</comment>
        <translation>
            <numerusform>Es wird mit {n} Foto in den Ordnern verglichen.</numerusform>
            <numerusform>Es wird mit {n} Fotos in den Ordnern verglichen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is compared with {n} photo so far; more are being indexed.</source>
        <comment>It is compared with {n} photos so far; more are being indexed.</comment>
        <translation>
            <numerusform>Es wird bisher mit {n} Foto verglichen; weitere werden erfasst.</numerusform>
            <numerusform>Es wird bisher mit {n} Fotos verglichen; weitere werden erfasst.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is deleted with its report, and cannot be brought back. Your photos are not touched.</source>
        <translation>Es wird mit seinem Bericht gelöscht und lässt sich nicht zurückholen. Ihre Fotos werden nicht angerührt.</translation>
    </message>
    <message numerus="yes">
        <source>It is in “{name}” already.</source>
        <comment>They are in “{name}” already.</comment>
        <translation>
            <numerusform>Es ist schon in „{name}“.</numerusform>
            <numerusform>Sie sind schon in „{name}“.</numerusform>
        </translation>
    </message>
    <message>
        <source>It is not better, and not installed.</source>
        <translation>Es ist nicht besser und nicht installiert.</translation>
    </message>
    <message>
        <source>It is part of the program.</source>
        <translation>Es ist Teil des Programms.</translation>
    </message>
    <message>
        <source>It is shown no more. Look for duplicates again.</source>
        <translation>Sie wird nicht mehr gezeigt. Suchen Sie noch einmal nach Duplikaten.</translation>
    </message>
    <message>
        <source>It is somewhere else now: locate…</source>
        <translation>Er ist jetzt anderswo: Ort angeben…</translation>
    </message>
    <message>
        <source>It joins your models and can be tried and used there; searches are answered as before.</source>
        <translation>Es kommt zu Ihren Modellen und kann dort ausprobiert und verwendet werden; Suchen werden beantwortet wie bisher.</translation>
    </message>
    <message>
        <source>It may have been moved, or its drive is not connected.</source>
        <translation>Vielleicht wurde es verschoben, oder das Laufwerk ist nicht verbunden.</translation>
    </message>
    <message>
        <source>It took {duration}</source>
        <translation>Es dauerte {duration}</translation>
    </message>
    <message>
        <source>It took {duration}.</source>
        <translation>Es dauerte {duration}.</translation>
    </message>
    <message>
        <source>Its drive is not connected.</source>
        <translation>Das Laufwerk ist nicht verbunden.</translation>
    </message>
    <message>
        <source>Its drive is not connected. Connect it to see the photo itself.</source>
        <translation>Das Laufwerk ist nicht verbunden. Erst dann ist das Foto selbst zu sehen.</translation>
    </message>
    <message numerus="yes">
        <source>Its file and what it made of {n} photo are deleted. Export it first if you may want it again.</source>
        <comment>Its file and what it made of {n} photos are deleted. Export it first if you may want it again.</comment>
        <translation>
            <numerusform>Seine Datei und was es von {n} Foto eingelesen hat, werden gelöscht. Exportieren Sie es vorher, wenn Sie es noch brauchen könnten.</numerusform>
            <numerusform>Seine Datei und was es von {n} Fotos eingelesen hat, werden gelöscht. Exportieren Sie es vorher, wenn Sie es noch brauchen könnten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its file is out of reach: this is the small picture that was kept of it.</source>
        <translation>Die Datei ist nicht erreichbar: Dies ist das kleine Bild, das von ihr aufbewahrt wurde.</translation>
    </message>
    <message>
        <source>Its group is shown without it.</source>
        <translation>Seine Gruppe wird ohne es gezeigt.</translation>
    </message>
    <message>
        <source>Its maker does not say what it learned from.</source>
        <translation>Woraus es gelernt hat, gibt sein Hersteller nicht an.</translation>
    </message>
    <message>
        <source>Its photos are gone, or have changed.</source>
        <translation>Ihre Fotos sind weg oder haben sich geändert.</translation>
    </message>
    <message>
        <source>Its photos are where they were.</source>
        <translation>Die Fotos sind, wo sie waren.</translation>
    </message>
    <message>
        <source>Its photos become searchable.</source>
        <translation>Die Fotos werden durchsuchbar.</translation>
    </message>
    <message>
        <source>Its photos become searchable. They stay where they are.</source>
        <translation>Die Fotos werden durchsuchbar. Sie bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Its photos stay where they are, but no longer appear among the lookalikes.</source>
        <translation>Die Fotos bleiben, wo sie sind, erscheinen aber nicht mehr unter den Treffern.</translation>
    </message>
    <message>
        <source>Its photos were removed from the library, or the folder was moved. Choose another folder.</source>
        <translation>Die Fotos wurden aus der Bibliothek entfernt, oder der Ordner ist umgezogen. Bitte einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep (reference)</source>
        <translation>Behalten (Referenz)</translation>
    </message>
    <message>
        <source>Keep all of them instead.</source>
        <translation>Behalten Sie stattdessen alle.</translation>
    </message>
    <message>
        <source>Keep all: never show this group again</source>
        <translation>Alle behalten: diese Gruppe nie mehr zeigen</translation>
    </message>
    <message>
        <source>Keep another one first, then mark this one.</source>
        <translation>Behalten Sie zuerst ein anderes, dann markieren Sie dieses.</translation>
    </message>
    <message>
        <source>Keep at most</source>
        <translation>Höchstens behalten</translation>
    </message>
    <message>
        <source>Keep for later</source>
        <translation>Für später behalten</translation>
    </message>
    <message>
        <source>Keep only this photo</source>
        <translation>Nur dieses Foto behalten</translation>
    </message>
    <message>
        <source>Keep the present model</source>
        <translation>Jetziges Modell behalten</translation>
    </message>
    <message>
        <source>Keep this photo</source>
        <translation>Dieses Foto behalten</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>LIBRARY</source>
        <translation>BIBLIOTHEK</translation>
    </message>
    <message>
        <source>Label for a training…</source>
        <translation>Für ein Training beschriften …</translation>
    </message>
    <message>
        <source>Labels in common</source>
        <translation>Gemeinsame Beschriftungen</translation>
    </message>
    <message>
        <source>Labels in common, by neighbours</source>
        <translation>Gemeinsame Beschriftungen, nach Nachbarn</translation>
    </message>
    <message>
        <source>Labels in common, by numbers</source>
        <translation>Gemeinsame Beschriftungen, als Zahl</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Larger (+)</source>
        <translation>Größer (+)</translation>
    </message>
    <message>
        <source>Larger, smaller, all of the map</source>
        <translation>Größer, kleiner, die ganze Karte</translation>
    </message>
    <message>
        <source>Larger, smaller, all of the picture</source>
        <translation>Größer, kleiner, das ganze Bild</translation>
    </message>
    <message>
        <source>Larger, smaller, fit the window, every pixel</source>
        <translation>Größer, kleiner, einpassen, jedes Pixel</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>Größte zuerst</translation>
    </message>
    <message>
        <source>Largest picture</source>
        <translation>Größtes Bild</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Letztes</translation>
    </message>
    <message>
        <source>Later restarts</source>
        <translation>Spätere Neustarts</translation>
    </message>
    <message>
        <source>Learned from {data}</source>
        <translation>Gelernt aus {data}</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Learning and testing</source>
        <translation>Lernen und prüfen</translation>
    </message>
    <message>
        <source>Learning from all photos</source>
        <translation>Aus allen Fotos lernen</translation>
    </message>
    <message>
        <source>Learning from fewer photos</source>
        <translation>Aus weniger Fotos lernen</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Least size of the longer side</source>
        <translation>Kleinste Länge der längeren Seite</translation>
    </message>
    <message>
        <source>Leave everything as it was (Escape)</source>
        <translation>Alles lassen, wie es war (Esc)</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>Lassen, wie es ist</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Leave out of “{name}”</source>
        <translation>Aus „{name}“ auslassen</translation>
    </message>
    <message>
        <source>Leave out parts of this folder</source>
        <translation>Teile dieses Ordners auslassen</translation>
    </message>
    <message>
        <source>Leave out…</source>
        <translation>Auslassen …</translation>
    </message>
    <message numerus="yes">
        <source>Leave the photo out</source>
        <comment>Leave the {n} photos out</comment>
        <translation>
            <numerusform>Foto weglassen</numerusform>
            <numerusform>{n} Fotos weglassen</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave {filter} open: {photos} would pass.</source>
        <translation>Bleibt {filter} offen, passen {photos}.</translation>
    </message>
    <message>
        <source>Left out of new folders</source>
        <translation>In neuen Ordnern ausgelassen</translation>
    </message>
    <message>
        <source>Left out of your trainings.</source>
        <translation>Aus Ihren Trainings weggelassen.</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>Links, Rechts</translation>
    </message>
    <message>
        <source>Left, Right, Enter</source>
        <translation>Links, Rechts, Eingabe</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Less like it</source>
        <translation>Weniger so</translation>
    </message>
    <message>
        <source>Less like it instead of more, or the other way round</source>
        <translation>Weniger davon statt mehr, oder umgekehrt</translation>
    </message>
    <message>
        <source>Less like this</source>
        <translation>Weniger wie dieses</translation>
    </message>
    <message>
        <source>Less like {name}</source>
        <translation>Weniger wie {name}</translation>
    </message>
    <message>
        <source>Let go on the bar above or hold Shift to add to the query.</source>
        <translation>Auf der Leiste oben oder mit Umschalt kommt es zur Suche dazu.</translation>
    </message>
    <message>
        <source>Let go to check and add it.</source>
        <translation>Loslassen, um es zu prüfen und hinzuzufügen.</translation>
    </message>
    <message>
        <source>Let go to learn from it.</source>
        <translation>Loslassen, um daraus zu lernen.</translation>
    </message>
    <message>
        <source>Let it be a match for {name} again</source>
        <translation>Wieder Treffer für {name} sein lassen</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Library health</source>
        <translation>Zustand der Bibliothek</translation>
    </message>
    <message>
        <source>Library health…</source>
        <translation>Zustand der Bibliothek …</translation>
    </message>
    <message>
        <source>Library: {folder}</source>
        <translation>Bibliothek: {folder}</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Log and crash reports, which are sent to nobody</source>
        <translation>Protokoll und Absturzberichte, die niemandem geschickt werden</translation>
    </message>
    <message>
        <source>Log…</source>
        <translation>Protokoll …</translation>
    </message>
    <message>
        <source>Longer side</source>
        <translation>Längere Seite</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Look again…</source>
        <translation>Noch einmal suchen …</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Look at the photos</source>
        <translation>Fotos ansehen</translation>
    </message>
    <message>
        <source>Look at them</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Nach Änderungen suchen</translation>
    </message>
    <message>
        <source>Look for changes here</source>
        <translation>Hier nach Änderungen suchen</translation>
    </message>
    <message>
        <source>Look for changes now</source>
        <translation>Jetzt nach Änderungen suchen</translation>
    </message>
    <message>
        <source>Look for duplicates</source>
        <translation>Duplikate suchen</translation>
    </message>
    <message>
        <source>Lookalike ended unexpectedly last time</source>
        <translation>Lookalike wurde zuletzt unerwartet beendet</translation>
    </message>
    <message>
        <source>Lookalike ended unexpectedly last time.</source>
        <translation>Lookalike wurde zuletzt unerwartet beendet.</translation>
    </message>
    <message>
        <source>Lookalike has a fault</source>
        <translation>Lookalike hat einen Fehler</translation>
    </message>
    <message>
        <source>Lookalike is open with this library already, and does not answer.</source>
        <translation>Lookalike ist mit dieser Bibliothek schon geöffnet und antwortet nicht.</translation>
    </message>
    <message>
        <source>Lookalikes</source>
        <translation>Ähnliche Bilder</translation>
    </message>
    <message>
        <source>Lookalikes of {name}</source>
        <translation>Ähnliche zu {name}</translation>
    </message>
    <message>
        <source>Looking at the files…</source>
        <translation>Sieht die Dateien an …</translation>
    </message>
    <message>
        <source>Looking at the photos</source>
        <translation>Fotos werden angesehen</translation>
    </message>
    <message>
        <source>Looking at the photos…</source>
        <translation>Fotos werden angesehen …</translation>
    </message>
    <message>
        <source>Looking for crops of the photos…</source>
        <translation>Ausschnitte der Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>Looking for duplicates…</source>
        <translation>Duplikate werden gesucht …</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>Looking for what is alike…</source>
        <translation>Ähnliches wird gesucht …</translation>
    </message>
    <message>
        <source>Looking for what makes them alike…</source>
        <translation>Sucht, was sie einander ähnlich macht …</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Lowest score</source>
        <translation>Geringste Ähnlichkeit</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>MMMM yyyy</translation>
    </message>
    <message>
        <source>Make a model of your own from folders of labelled photos</source>
        <translation>Aus Ordnern mit sortierten Fotos ein eigenes Modell machen</translation>
    </message>
    <message>
        <source>Make it larger or smaller</source>
        <translation>Größer oder kleiner machen</translation>
    </message>
    <message>
        <source>Making the catalogue smaller</source>
        <translation>Katalog wird verkleinert</translation>
    </message>
    <message>
        <source>Making the thumbnails smaller</source>
        <translation>Miniaturen werden verkleinert</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Map of photos</source>
        <translation>Karte der Fotos</translation>
    </message>
    <message>
        <source>Map of what is shown</source>
        <translation>Karte des Gezeigten</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Mindestabstand</translation>
    </message>
    <message>
        <source>Mark no group as reviewed</source>
        <translation>Keine Gruppe als durchgesehen kennzeichnen</translation>
    </message>
    <message>
        <source>Mark the groups of identical files as reviewed</source>
        <translation>Gruppen identischer Dateien als durchgesehen kennzeichnen</translation>
    </message>
    <message>
        <source>Mark this photo for the trash</source>
        <translation>Dieses Foto für den Papierkorb markieren</translation>
    </message>
    <message>
        <source>Match</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Mean average precision at R</source>
        <translation>Mittlere Genauigkeit bei R (mAP@R)</translation>
    </message>
    <message>
        <source>Mean average precision, first ten matches</source>
        <translation>Mittlere Genauigkeit der ersten zehn Treffer (mAP@10)</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Measuring on this machine…</source>
        <translation>Wird auf diesem Rechner gemessen …</translation>
    </message>
    <message>
        <source>Memory to look at one photo</source>
        <translation>Speicher, um ein Foto anzusehen</translation>
    </message>
    <message>
        <source>Memory to read one photo</source>
        <translation>Speicher, um ein Foto zu lesen</translation>
    </message>
    <message>
        <source>Mends what can be mended, and says what it did. Photos are not touched.</source>
        <translation>Repariert, was sich reparieren lässt, und sagt, was getan wurde. Fotos werden nicht angefasst.</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Minutes to hours. The model itself learns a little; more is found with many photos.</source>
        <translation>Minuten bis Stunden. Das Modell selbst lernt ein wenig; mit vielen Fotos wird mehr gefunden.</translation>
    </message>
    <message>
        <source>Mixing</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>Model and processor</source>
        <translation>Modell und Prozessor</translation>
    </message>
    <message>
        <source>Model to start from</source>
        <translation>Modell, von dem ausgegangen wird</translation>
    </message>
    <message>
        <source>Model {name}</source>
        <translation>Modell {name}</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models…</source>
        <translation>Modelle …</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More are steadier and need more memory.</source>
        <translation>Mehr sind ruhiger und brauchen mehr Speicher.</translation>
    </message>
    <message>
        <source>More like it</source>
        <translation>Mehr so</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Mehr wie dieses</translation>
    </message>
    <message>
        <source>More like {name}</source>
        <translation>Mehr wie {name}</translation>
    </message>
    <message>
        <source>More photos for each subject help most; labels that are wrong, and photos that show two subjects, do harm.</source>
        <translation>Am meisten helfen mehr Fotos je Motiv; falsche Bezeichnungen und Fotos mit zwei Motiven schaden.</translation>
    </message>
    <message>
        <source>Most steps</source>
        <translation>Meiste Schritte</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Bewegung</translation>
    </message>
    <message>
        <source>Motion: {choice}</source>
        <translation>Bewegung: {choice}</translation>
    </message>
    <message>
        <source>Move it among the pictures</source>
        <translation>Unter den Bildern verschieben</translation>
    </message>
    <message>
        <source>Move over the map</source>
        <translation>Über die Karte bewegen</translation>
    </message>
    <message>
        <source>Move the divider</source>
        <translation>Trennlinie verschieben</translation>
    </message>
    <message>
        <source>Move the marked photos of all reviewed groups to the trash…</source>
        <translation>Markierte Fotos aller durchgesehenen Gruppen in den Papierkorb legen …</translation>
    </message>
    <message>
        <source>Move the marked photos of this group to the trash</source>
        <translation>Markierte Fotos dieser Gruppe in den Papierkorb legen</translation>
    </message>
    <message>
        <source>Move the outline; with Ctrl in small steps</source>
        <translation>Den Rahmen bewegen; mit Strg in kleinen Schritten</translation>
    </message>
    <message>
        <source>Move through the files</source>
        <translation>Durch die Dateien gehen</translation>
    </message>
    <message>
        <source>Move through the results</source>
        <translation>Durch die Ergebnisse gehen</translation>
    </message>
    <message>
        <source>Move to the left</source>
        <translation>Nach links</translation>
    </message>
    <message>
        <source>Move to the right</source>
        <translation>Nach rechts</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Move to the trash?</source>
        <translation>In den Papierkorb legen?</translation>
    </message>
    <message>
        <source>Move to the trash…</source>
        <translation>In den Papierkorb …</translation>
    </message>
    <message numerus="yes">
        <source>Move to the trash…</source>
        <comment>Move {n} photos to the trash…</comment>
        <translation>
            <numerusform>In den Papierkorb …</numerusform>
            <numerusform>{n} Fotos in den Papierkorb …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move {n} photo to the trash</source>
        <comment>Move {n} photos to the trash</comment>
        <translation>
            <numerusform>{n} Foto in den Papierkorb</numerusform>
            <numerusform>{n} Fotos in den Papierkorb</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move {n} photo to the trash?</source>
        <comment>Move {n} photos to the trash?</comment>
        <translation>
            <numerusform>{n} Foto in den Papierkorb legen?</numerusform>
            <numerusform>{n} Fotos in den Papierkorb legen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move {n} photo…</source>
        <comment>Move {n} photos…</comment>
        <translation>
            <numerusform>{n} Foto in den Papierkorb …</numerusform>
            <numerusform>{n} Fotos in den Papierkorb …</numerusform>
        </translation>
    </message>
    <message>
        <source>Moving to the trash…</source>
        <translation>Wird in den Papierkorb gelegt …</translation>
    </message>
    <message>
        <source>NVIDIA GPU</source>
        <translation>NVIDIA-GPU</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the collection</source>
        <translation>Name der Sammlung</translation>
    </message>
    <message>
        <source>Name of the new model</source>
        <translation>Name des neuen Modells</translation>
    </message>
    <message>
        <source>Name or folder</source>
        <translation>Name oder Ordner</translation>
    </message>
    <message>
        <source>Name, folder or reason</source>
        <translation>Name, Ordner oder Grund</translation>
    </message>
    <message>
        <source>Near enough</source>
        <translation>Nah genug</translation>
    </message>
    <message>
        <source>Need another reader</source>
        <translation>Brauchen ein weiteres Leseprogramm</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Never backed up</source>
        <translation>Nie gesichert</translation>
    </message>
    <message>
        <source>Never checked</source>
        <translation>Nie geprüft</translation>
    </message>
    <message>
        <source>Never tested</source>
        <translation>Nie getestet</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>Neue Sammlung</translation>
    </message>
    <message>
        <source>New collection…</source>
        <translation>Neue Sammlung …</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <source>New ones first</source>
        <translation>Neue zuerst</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Next group</source>
        <translation>Nächste Gruppe</translation>
    </message>
    <message>
        <source>Next match (Right, Page down)</source>
        <translation>Nächster Treffer (Rechts, Bild ab)</translation>
    </message>
    <message>
        <source>Next photo (Right, Page down)</source>
        <translation>Nächstes Foto (Rechts, Bild ab)</translation>
    </message>
    <message>
        <source>No account, no statistics, no server: photos, questions and models stay here.</source>
        <translation>Kein Konto, keine Statistik, kein Server: Fotos, Suchen und Modelle bleiben hier.</translation>
    </message>
    <message>
        <source>No camera named</source>
        <translation>Ohne Angabe der Kamera</translation>
    </message>
    <message>
        <source>No closer than photos picked at random are: chance.</source>
        <translation>Nicht näher als zufällig gewählte Fotos: Zufall.</translation>
    </message>
    <message>
        <source>No copies of this picture</source>
        <translation>Keine Kopien dieses Bildes</translation>
    </message>
    <message>
        <source>No duplicates</source>
        <translation>Keine Duplikate</translation>
    </message>
    <message>
        <source>No duplicates: never show them together again</source>
        <translation>Keine Duplikate: nie mehr zusammen zeigen</translation>
    </message>
    <message>
        <source>No edited versions of your photos</source>
        <translation>Keine bearbeiteten Fassungen der eigenen Fotos</translation>
    </message>
    <message>
        <source>No entry is like that.</source>
        <translation>Kein Eintrag ist so.</translation>
    </message>
    <message>
        <source>No file has “{text}” in its name, folder or reason.</source>
        <translation>Keine Datei hat „{text}“ im Namen, Ordner oder Grund.</translation>
    </message>
    <message>
        <source>No file has “{text}” in its name, folder or verdict</source>
        <translation>Keine Datei hat „{text}“ in Name, Ordner oder Urteil</translation>
    </message>
    <message>
        <source>No folder yet. Lookalike finds photos in the folders you add.</source>
        <translation>Noch kein Ordner. Lookalike findet Fotos in den hinzugefügten Ordnern.</translation>
    </message>
    <message>
        <source>No group is left to look through.</source>
        <translation>Es ist keine Gruppe mehr durchzusehen.</translation>
    </message>
    <message>
        <source>No identical files</source>
        <translation>Keine identischen Dateien</translation>
    </message>
    <message>
        <source>No keys</source>
        <translation>Keine Tasten</translation>
    </message>
    <message>
        <source>No match has a score in this range</source>
        <translation>Kein Treffer liegt in diesem Bereich</translation>
    </message>
    <message>
        <source>No matches</source>
        <translation>Keine Treffer</translation>
    </message>
    <message>
        <source>No other picture says what to look like, so it cannot count against.</source>
        <translation>Kein anderes Bild sagt, wonach gesucht wird; darum kann es nicht dagegen zählen.</translation>
    </message>
    <message>
        <source>No other pictures of the same kind</source>
        <translation>Keine anderen Bilder dieser Art</translation>
    </message>
    <message>
        <source>No photo has “{text}” in its name or folder.</source>
        <translation>Kein Foto hat „{text}“ im Namen oder Ordner.</translation>
    </message>
    <message>
        <source>No photo is searchable yet</source>
        <translation>Noch ist kein Foto durchsuchbar</translation>
    </message>
    <message>
        <source>No photo passes these filters</source>
        <translation>Kein Foto passt zu diesen Filtern</translation>
    </message>
    <message>
        <source>No photos</source>
        <translation>Keine Fotos</translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation>Noch keine Fotos</translation>
    </message>
    <message>
        <source>No picture chosen</source>
        <translation>Kein Bild gewählt</translation>
    </message>
    <message>
        <source>No picture that was saved again</source>
        <translation>Kein Bild, das neu gespeichert wurde</translation>
    </message>
    <message>
        <source>No pictures, whatever their names say</source>
        <translation>Keine Bilder, was auch der Name sagt</translation>
    </message>
    <message>
        <source>No preview</source>
        <translation>Keine Vorschau</translation>
    </message>
    <message>
        <source>No profile; shown as sRGB</source>
        <translation>Kein Profil; als sRGB gezeigt</translation>
    </message>
    <message>
        <source>No program opens “{name}”.</source>
        <translation>Kein Programm öffnet „{name}“.</translation>
    </message>
    <message>
        <source>No query has “{text}” in its title, its file names or its day.</source>
        <translation>Keine Suche hat „{text}“ im Titel, in den Dateinamen oder im Tag.</translation>
    </message>
    <message>
        <source>No reference folder any more: {folder}</source>
        <translation>Kein Referenzordner mehr: {folder}</translation>
    </message>
    <message>
        <source>Not a match</source>
        <translation>Kein Treffer</translation>
    </message>
    <message>
        <source>Not a match for {name}</source>
        <translation>Kein Treffer für {name}</translation>
    </message>
    <message>
        <source>Not reviewed</source>
        <translation>Nicht durchgesehen</translation>
    </message>
    <message>
        <source>Nothing had changed</source>
        <translation>Nichts hatte sich geändert</translation>
    </message>
    <message>
        <source>Nothing in it speaks for the likeness.</source>
        <translation>Nichts darin spricht für eine Ähnlichkeit.</translation>
    </message>
    <message>
        <source>Nothing is downloaded from {host} before you agree.</source>
        <translation>Von {host} wird nichts heruntergeladen, bevor Sie zustimmen.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing is downloaded from {n} site before you agree.</source>
        <comment>Nothing is downloaded from {n} sites before you agree.</comment>
        <translation>
            <numerusform>Von {n} Seite wird nichts heruntergeladen, bevor Sie zustimmen.</numerusform>
            <numerusform>Von {n} Seiten wird nichts heruntergeladen, bevor Sie zustimmen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is left of this list</source>
        <translation>Von dieser Liste ist nichts mehr da</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>Nichts verlässt diesen Rechner</translation>
    </message>
    <message>
        <source>Nothing looks wrong with the labels.</source>
        <translation>An den Bezeichnungen fällt nichts auf.</translation>
    </message>
    <message>
        <source>Nothing tells them apart: “{name}” is as good as the others.</source>
        <translation>Nichts unterscheidet sie: „{name}“ ist so gut wie die anderen.</translation>
    </message>
    <message>
        <source>Nothing that was saved is lost.</source>
        <translation>Nichts Gespeichertes ist verloren.</translation>
    </message>
    <message>
        <source>Nothing to do: they are left alone.</source>
        <translation>Nichts zu tun: Sie bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Nothing was compared</source>
        <translation>Es wurde nichts verglichen</translation>
    </message>
    <message>
        <source>Nothing was downloaded from {host}: your settings say never.</source>
        <translation>Von {host} wurde nichts heruntergeladen: Ihre Einstellungen sagen „Nie“.</translation>
    </message>
    <message>
        <source>Nothing was noted yet.</source>
        <translation>Noch ist nichts verzeichnet.</translation>
    </message>
    <message>
        <source>Nothing was said to be no match</source>
        <translation>Nichts wurde als „kein Treffer“ markiert</translation>
    </message>
    <message>
        <source>Of 100 photos that are among the five nearest, {before} → {after} are of the same subject.</source>
        <translation>Von 100 Fotos unter den fünf nächsten zeigen {before} → {after} dasselbe Motiv.</translation>
    </message>
    <message>
        <source>Of 100 photos that are among the five nearest, {before} → {after} have much in common.</source>
        <translation>Von 100 Fotos unter den fünf nächsten haben {before} → {after} viel gemeinsam.</translation>
    </message>
    <message>
        <source>Of 100 photos, the nearest one has much in common for {before} → {after}.</source>
        <translation>Bei {before} → {after} von 100 Fotos hat das nächste viel gemeinsam.</translation>
    </message>
    <message>
        <source>Of 100 photos, the nearest one is of the same subject for {before} → {after}.</source>
        <translation>Von 100 Fotos haben {before} → {after} als nächstes eines desselben Motivs.</translation>
    </message>
    <message>
        <source>Of 100 photos, the nearest one is of the same subject for {n}.</source>
        <translation>Von 100 Fotos haben {n} als nächstes eines desselben Motivs.</translation>
    </message>
    <message>
        <source>Of a format that is not read</source>
        <translation>In einem Format, das nicht gelesen wird</translation>
    </message>
    <message>
        <source>Of the cosines; 64 where there are many photos.</source>
        <translation>Der Kosinus; 64, wo es viele Fotos gibt.</translation>
    </message>
    <message numerus="yes">
        <source>Of {n} photo that was looked for, {found} is there; what is not there leaves the search.</source>
        <comment>Of {n} photos that were looked for, {found} are there; what is not there leaves the search.</comment>
        <translation>
            <numerusform>Von {n} gesuchten Foto ist {found} dort; was nicht dort ist, verlässt die Suche.</numerusform>
            <numerusform>Von {n} gesuchten Fotos sind {found} dort; was nicht dort ist, verlässt die Suche.</numerusform>
        </translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>On a picture of the query</source>
        <translation>Auf einem Bild der Suche</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>Auf der Karte</translation>
    </message>
    <message numerus="yes">
        <source>One ({n} processor)</source>
        <comment>One per processor ({n})</comment>
        <translation>
            <numerusform>Einer ({n} Prozessor)</numerusform>
            <numerusform>Einer je Prozessor ({n})</numerusform>
        </translation>
    </message>
    <message>
        <source>One and the other in turn (F, Space)</source>
        <translation>Abwechselnd das eine und das andere (F, Leertaste)</translation>
    </message>
    <message>
        <source>One file holds all that Lookalike knows, but not your photos.</source>
        <translation>Eine Datei enthält alles, was Lookalike weiß, aber nicht Ihre Fotos.</translation>
    </message>
    <message>
        <source>One of a stack of near-identical photos; G closes it</source>
        <translation>Eines aus einem Stapel fast gleicher Fotos; G schließt ihn</translation>
    </message>
    <message>
        <source>One over the other, with a divider to drag (S, Shift+Left and Shift+Right)</source>
        <translation>Übereinander, mit einer Trennlinie zum Ziehen (S, Umschalt+Links und Umschalt+Rechts)</translation>
    </message>
    <message>
        <source>One pattern a line, as in .gitignore, for folders that are added from now on. Those of a folder that is in the library are in its menu in the sidebar.</source>
        <translation>Ein Muster je Zeile, wie in .gitignore, für Ordner, die von jetzt an hinzukommen. Die eines Ordners der Bibliothek stehen in seinem Menü in der Seitenleiste.</translation>
    </message>
    <message>
        <source>One pattern a line, as in .gitignore. The files stay where they are; they only leave the search.</source>
        <translation>Ein Muster je Zeile, wie in .gitignore. Die Dateien bleiben, wo sie sind; sie fallen nur aus der Suche.</translation>
    </message>
    <message>
        <source>One photo of each group stays.</source>
        <translation>Ein Foto jeder Gruppe bleibt.</translation>
    </message>
    <message>
        <source>Only in different folders</source>
        <translation>Nur in verschiedenen Ordnern</translation>
    </message>
    <message>
        <source>Only what applies to the recipe is shown. Whatever you change is tested alike.</source>
        <translation>Gezeigt wird nur, was für das Rezept gilt. Was Sie auch ändern, wird gleich geprüft.</translation>
    </message>
    <message>
        <source>Only within one folder</source>
        <translation>Nur innerhalb eines Ordners</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>Bild öffnen</translation>
    </message>
    <message>
        <source>Open a saved list</source>
        <translation>Gespeicherte Liste öffnen</translation>
    </message>
    <message>
        <source>Open a saved list…</source>
        <translation>Gespeicherte Liste öffnen …</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open in the file manager</source>
        <translation>Im Dateimanager öffnen</translation>
    </message>
    <message>
        <source>Open in the viewer</source>
        <translation>In der Ansicht öffnen</translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation>Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Open or close a stack of near-identical photos</source>
        <translation>Einen Stapel fast gleicher Fotos öffnen oder schließen</translation>
    </message>
    <message>
        <source>Open picture…</source>
        <translation>Bild öffnen …</translation>
    </message>
    <message>
        <source>Open report</source>
        <translation>Bericht öffnen</translation>
    </message>
    <message>
        <source>Open the folder of the log</source>
        <translation>Ordner des Protokolls öffnen</translation>
    </message>
    <message>
        <source>Open the folder {path}</source>
        <translation>Den Ordner {path} öffnen</translation>
    </message>
    <message>
        <source>Open the photo, or the selected ones</source>
        <translation>Das Foto öffnen, oder die gewählten</translation>
    </message>
    <message>
        <source>Open with</source>
        <translation>Öffnen mit</translation>
    </message>
    <message>
        <source>Opening the library</source>
        <translation>Bibliothek wird geöffnet</translation>
    </message>
    <message>
        <source>Opening the library…</source>
        <translation>Bibliothek wird geöffnet …</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Options…</source>
        <translation>Optionen …</translation>
    </message>
    <message>
        <source>Order of the files</source>
        <translation>Reihenfolge der Dateien</translation>
    </message>
    <message>
        <source>Orientation</source>
        <translation>Ausrichtung</translation>
    </message>
    <message>
        <source>Other files</source>
        <translation>Andere Dateien</translation>
    </message>
    <message>
        <source>Other program…</source>
        <translation>Anderes Programm …</translation>
    </message>
    <message>
        <source>Other years</source>
        <translation>Andere Jahre</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Page up, Page down</source>
        <translation>Bild auf, Bild ab</translation>
    </message>
    <message>
        <source>Page with the pictures (*.html)</source>
        <translation>Seite mit den Bildern (*.html)</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>Pairs of one subject are pulled together, all others pushed apart.</source>
        <translation>Paare eines Motivs werden zusammengezogen, alle anderen auseinandergedrückt.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Part of the name</source>
        <translation>Teil des Namens</translation>
    </message>
    <message>
        <source>Part of the program’s name</source>
        <translation>Teil des Programmnamens</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>Teile und ihre Lizenzen</translation>
    </message>
    <message>
        <source>Parts of a step</source>
        <translation>Teile eines Schritts</translation>
    </message>
    <message>
        <source>Past queries go with their pictures, except pinned ones. The window then offers to undo it.</source>
        <translation>Frühere Suchen verschwinden mit ihren Bildern, außer angehefteten. Das Fenster bietet danach an, es rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Paste picture</source>
        <translation>Bild einfügen</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Patterns that are left out of new folders, one a line</source>
        <translation>Muster, die in neuen Ordnern ausgelassen werden, eines je Zeile</translation>
    </message>
    <message>
        <source>Patterns, one a line</source>
        <translation>Muster, eines je Zeile</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Photos are not copied; small pictures of them are in the library.</source>
        <translation>Fotos werden nicht kopiert; kleine Bilder davon liegen in der Bibliothek.</translation>
    </message>
    <message>
        <source>Photos are shown cropped: at least this share of the area is left.</source>
        <translation>Fotos werden beschnitten gezeigt: Mindestens dieser Teil der Fläche bleibt.</translation>
    </message>
    <message>
        <source>Photos are shown lighter and darker by up to this share.</source>
        <translation>Fotos werden bis zu diesem Anteil heller und dunkler gezeigt.</translation>
    </message>
    <message>
        <source>Photos in {folder}</source>
        <translation>Fotos in {folder}</translation>
    </message>
    <message>
        <source>Photos like all of its pictures come first.</source>
        <translation>Fotos, die allen Bildern ähneln, kommen zuerst.</translation>
    </message>
    <message>
        <source>Photos of a format that is off leave the search at once, and come back with it.</source>
        <translation>Fotos eines Formats, das aus ist, verlassen die Suche sofort und kommen mit ihm zurück.</translation>
    </message>
    <message>
        <source>Photos of a reference folder are kept, and never go to the trash here.</source>
        <translation>Fotos eines Referenzordners bleiben und kommen hier nie in den Papierkorb.</translation>
    </message>
    <message>
        <source>Photos of a step</source>
        <translation>Fotos eines Schritts</translation>
    </message>
    <message>
        <source>Photos of the group</source>
        <translation>Fotos der Gruppe</translation>
    </message>
    <message>
        <source>Photos over time</source>
        <translation>Fotos im Lauf der Zeit</translation>
    </message>
    <message>
        <source>Photos that show something alike</source>
        <translation>Fotos, die Ähnliches zeigen</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Pictures you search with are kept here.</source>
        <translation>Hier bleiben die Bilder, mit denen gesucht wurde.</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Pin or unpin</source>
        <translation>Anheften oder lösen</translation>
    </message>
    <message numerus="yes">
        <source>Pin {n} query</source>
        <comment>Pin {n} queries</comment>
        <translation>
            <numerusform>{n} Suche anheften</numerusform>
            <numerusform>{n} Suchen anheften</numerusform>
        </translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Angeheftet</translation>
    </message>
    <message>
        <source>Pinned queries are still there. When Lookalike is closed, the others are gone for good.</source>
        <translation>Angeheftete Suchen sind noch da. Wird Lookalike geschlossen, sind die übrigen endgültig weg.</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Pixels of the square pictures that the network is shown.</source>
        <translation>Pixel der quadratischen Bilder, die dem Netz gezeigt werden.</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>Precision of the first five matches</source>
        <translation>Genauigkeit der ersten fünf Treffer</translation>
    </message>
    <message>
        <source>Precision of the first match</source>
        <translation>Genauigkeit des ersten Treffers</translation>
    </message>
    <message>
        <source>Preparing the photos</source>
        <translation>Fotos werden vorbereitet</translation>
    </message>
    <message>
        <source>Press the new keys here</source>
        <translation>Hier die neuen Tasten drücken</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Preview; again to close</source>
        <translation>Vorschau; nochmals zum Schließen</translation>
    </message>
    <message>
        <source>Previous and next group, in their list</source>
        <translation>Vorige und nächste Gruppe, in ihrer Liste</translation>
    </message>
    <message>
        <source>Previous and next match; zoomed in, move the pictures</source>
        <translation>Voriger und nächster Treffer; vergrößert: Bilder verschieben</translation>
    </message>
    <message>
        <source>Previous and next photo of the group</source>
        <translation>Voriges und nächstes Foto der Gruppe</translation>
    </message>
    <message>
        <source>Previous and next photo, always</source>
        <translation>Voriges und nächstes Foto, immer</translation>
    </message>
    <message>
        <source>Previous and next photo; zoomed in, move the picture</source>
        <translation>Voriges und nächstes Foto; vergrößert: Bild verschieben</translation>
    </message>
    <message>
        <source>Previous group</source>
        <translation>Vorige Gruppe</translation>
    </message>
    <message>
        <source>Previous match (Left, Page up)</source>
        <translation>Voriger Treffer (Links, Bild auf)</translation>
    </message>
    <message>
        <source>Previous photo (Left, Page up)</source>
        <translation>Voriges Foto (Links, Bild auf)</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Processes that read photos</source>
        <translation>Prozesse, die Fotos lesen</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programme</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Progress of indexing</source>
        <translation>Fortschritt des Erfassens</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Proxies</source>
        <translation>Stellvertreter</translation>
    </message>
    <message>
        <source>Pulls weights towards zero, against learning by heart.</source>
        <translation>Zieht Gewichte zur Null, gegen das Auswendiglernen.</translation>
    </message>
    <message>
        <source>Puts a backup in the place of this library, which is kept under another name.</source>
        <translation>Setzt eine Sicherung an die Stelle dieser Bibliothek, die unter anderem Namen erhalten bleibt.</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Query picture {done} of {total}</source>
        <translation>Bild {done} von {total} der Anfrage</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>RECENT</source>
        <translation>ZULETZT</translation>
    </message>
    <message>
        <source>Raise the limits in the settings, under Indexing, then try again.</source>
        <translation>Erhöhen Sie in den Einstellungen unter „Erfassen“ die Grenzen, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Rate of the network</source>
        <translation>Rate des Netzes</translation>
    </message>
    <message>
        <source>Read them again although they have not changed</source>
        <translation>Noch einmal lesen, obwohl sie sich nicht geändert haben</translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation>Schreibgeschützt</translation>
    </message>
    <message>
        <source>Reading the files</source>
        <translation>Dateien werden gelesen</translation>
    </message>
    <message>
        <source>Reading the files that look alike…</source>
        <translation>Dateien, die gleich aussehen, werden gelesen …</translation>
    </message>
    <message>
        <source>Reading the pictures</source>
        <translation>Bilder werden gelesen</translation>
    </message>
    <message>
        <source>Recall in the first ten matches</source>
        <translation>Trefferquote in den ersten zehn Treffern</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Redo the change of the query</source>
        <translation>Die Änderung der Suche wiederholen</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>Verringert</translation>
    </message>
    <message>
        <source>Region of {name}</source>
        <translation>Ausschnitt von {name}</translation>
    </message>
    <message>
        <source>Region of {size} pixels</source>
        <translation>Ausschnitt von {size} Pixeln</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove from the library…</source>
        <translation>Aus der Bibliothek entfernen …</translation>
    </message>
    <message>
        <source>Remove this folder?</source>
        <translation>Diesen Ordner entfernen?</translation>
    </message>
    <message>
        <source>Remove this model?</source>
        <translation>Dieses Modell entfernen?</translation>
    </message>
    <message>
        <source>Remove “{name}” from the library?</source>
        <translation>„{name}“ aus der Bibliothek entfernen?</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen …</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename the collection</source>
        <translation>Sammlung umbenennen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Repair the library</source>
        <translation>Bibliothek reparieren</translation>
    </message>
    <message>
        <source>Replace and restart</source>
        <translation>Ersetzen und neu starten</translation>
    </message>
    <message>
        <source>Replace this library with the backup of {when}?</source>
        <translation>Diese Bibliothek durch die Sicherung vom {when} ersetzen?</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Reset to defaults</source>
        <translation>Auf Vorgaben zurücksetzen</translation>
    </message>
    <message>
        <source>Restore a backup</source>
        <translation>Sicherung zurückholen</translation>
    </message>
    <message>
        <source>Restore the library</source>
        <translation>Bibliothek zurückholen</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Zurückholen …</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Durchgesehen</translation>
    </message>
    <message>
        <source>Reviewed, and on to the next group</source>
        <translation>Durchgesehen, und weiter zur nächsten Gruppe</translation>
    </message>
    <message>
        <source>Room on the disk</source>
        <translation>Platz auf der Platte</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>Runden</translation>
    </message>
    <message>
        <source>Rounds in which the margin grows to its full size.</source>
        <translation>Runden, in denen der Abstand zu seiner vollen Größe wächst.</translation>
    </message>
    <message>
        <source>Running average</source>
        <translation>Laufender Mittelwert</translation>
    </message>
    <message>
        <source>Same picture</source>
        <translation>Gleiches Bild</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save a copy as JPEG or PNG.</source>
        <translation>Speichern Sie eine Kopie als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>Save as a table</source>
        <translation>Als Tabelle speichern</translation>
    </message>
    <message>
        <source>Save it as a file and drop the file.</source>
        <translation>Speichern Sie es als Datei und ziehen Sie die Datei hierher.</translation>
    </message>
    <message>
        <source>Save the list</source>
        <translation>Liste speichern</translation>
    </message>
    <message>
        <source>Save the list as a table</source>
        <translation>Die Liste als Tabelle speichern</translation>
    </message>
    <message>
        <source>Save the list as a table…</source>
        <translation>Liste als Tabelle speichern…</translation>
    </message>
    <message>
        <source>Save the list…</source>
        <translation>Liste speichern …</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>Save the picture and drop the file, or change it under Privacy.</source>
        <translation>Speichern Sie das Bild und legen Sie die Datei ab, oder ändern Sie es unter „Datenschutz“.</translation>
    </message>
    <message>
        <source>Save the picture and drop the file.</source>
        <translation>Speichern Sie das Bild und ziehen Sie die Datei hierher.</translation>
    </message>
    <message>
        <source>Save what is shown as a text</source>
        <translation>Das Gezeigte als Text speichern</translation>
    </message>
    <message>
        <source>Save what is shown as a text…</source>
        <translation>Das Gezeigte als Text speichern …</translation>
    </message>
    <message>
        <source>Saved lists</source>
        <translation>Gespeicherte Listen</translation>
    </message>
    <message>
        <source>Saving the index</source>
        <translation>Index wird gespeichert</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Maßstab</translation>
    </message>
    <message>
        <source>Scanning</source>
        <translation>Durchsuchen</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Ähnlichkeit</translation>
    </message>
    <message>
        <source>Score {score} or more</source>
        <translation>Ähnlichkeit ab {score}</translation>
    </message>
    <message>
        <source>Scores above this are not shown</source>
        <translation>Größere Ähnlichkeit wird nicht gezeigt</translation>
    </message>
    <message>
        <source>Scores below this are not shown</source>
        <translation>Geringere Ähnlichkeit wird nicht gezeigt</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Search again: {title}, {detail}</source>
        <translation>Erneut suchen: {title}, {detail}</translation>
    </message>
    <message>
        <source>Search by name, folder or reason</source>
        <translation>Nach Name, Ordner oder Grund suchen</translation>
    </message>
    <message>
        <source>Search commands and keys</source>
        <translation>Befehle und Tasten suchen</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Verlauf durchsuchen</translation>
    </message>
    <message>
        <source>Search the history by title, file name or day</source>
        <translation>Verlauf nach Titel, Dateiname oder Tag durchsuchen</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Im Protokoll suchen</translation>
    </message>
    <message>
        <source>Search these files by name, folder or reason</source>
        <translation>Diese Dateien nach Name, Ordner oder Grund durchsuchen</translation>
    </message>
    <message>
        <source>Search these files by name, folder, match or verdict</source>
        <translation>Diese Dateien nach Name, Ordner, Gegenstück oder Urteil durchsuchen</translation>
    </message>
    <message>
        <source>Search these photos by name or folder</source>
        <translation>Diese Fotos nach Name oder Ordner durchsuchen</translation>
    </message>
    <message>
        <source>Search with a picture, then say what is no match for it.</source>
        <translation>Erst mit einem Bild suchen, dann sagen, was kein Treffer ist.</translation>
    </message>
    <message>
        <source>Search with one more picture</source>
        <translation>Mit einem weiteren Bild suchen</translation>
    </message>
    <message>
        <source>Search with the whole picture</source>
        <translation>Mit dem ganzen Bild suchen</translation>
    </message>
    <message>
        <source>Search with this picture alone</source>
        <translation>Nur mit diesem Bild suchen</translation>
    </message>
    <message>
        <source>Search with this region</source>
        <translation>Mit diesem Ausschnitt suchen</translation>
    </message>
    <message>
        <source>Search with what is outlined, or leave everything as it was</source>
        <translation>Mit dem Umrahmten suchen, oder alles lassen, wie es war</translation>
    </message>
    <message>
        <source>Searchable photos</source>
        <translation>Durchsuchbare Fotos</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Seconds between safe points</source>
        <translation>Sekunden zwischen Sicherungen</translation>
    </message>
    <message>
        <source>Seconds. A layer on top of the model tells apart what you keep in different folders.</source>
        <translation>Sekunden. Eine Schicht auf dem Modell unterscheidet, was Sie in verschiedenen Ordnern halten.</translation>
    </message>
    <message>
        <source>See all of the map (0)</source>
        <translation>Die ganze Karte sehen (0)</translation>
    </message>
    <message>
        <source>See how far the training has come</source>
        <translation>Sehen, wie weit das Training ist</translation>
    </message>
    <message>
        <source>See it</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>See it large and choose a region of it</source>
        <translation>Groß ansehen und einen Ausschnitt wählen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Select a photo to see its details.</source>
        <translation>Ein Foto auswählen, um Details zu sehen.</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Select all that is seen, select nothing</source>
        <translation>Alles Sichtbare auswählen, nichts auswählen</translation>
    </message>
    <message>
        <source>Select fewer photos to see them summed up.</source>
        <translation>Weniger Fotos auswählen, um die Übersicht zu sehen.</translation>
    </message>
    <message>
        <source>Select two photos to compare them.</source>
        <translation>Zum Vergleichen zwei Fotos auswählen.</translation>
    </message>
    <message>
        <source>Select with a lasso (Shift and drag)</source>
        <translation>Mit einem Lasso auswählen (Umschalt und ziehen)</translation>
    </message>
    <message>
        <source>Select with a lasso; with Ctrl too, add to what is selected</source>
        <translation>Mit einem Lasso auswählen; dazu mit Strg: zur Auswahl hinzufügen</translation>
    </message>
    <message>
        <source>Sets of photos under a name. Make one, then drop photos on it from the results.</source>
        <translation>Fotos unter einem Namen. Eine Sammlung anlegen, dann Fotos aus den Ergebnissen darauf ziehen.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Share of certainty that is spread over all subjects; 0 serves other subjects better.</source>
        <translation>Anteil der Gewissheit, der auf alle Motive verteilt wird; 0 dient anderen Motiven besser.</translation>
    </message>
    <message>
        <source>Share of the photos of which a box hides a part.</source>
        <translation>Anteil der Fotos, von denen ein Kasten einen Teil verdeckt.</translation>
    </message>
    <message>
        <source>Share of the steps in which the rate rises.</source>
        <translation>Anteil der Schritte, in denen die Rate steigt.</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Shift and drag</source>
        <translation>Umschalt und ziehen</translation>
    </message>
    <message>
        <source>Shift+Left, Shift+Right</source>
        <translation>Umschalt+Links, Umschalt+Rechts</translation>
    </message>
    <message>
        <source>Shift+arrows</source>
        <translation>Umschalt+Pfeile</translation>
    </message>
    <message>
        <source>Shift, Ctrl</source>
        <translation>Umschalt, Strg</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show again</source>
        <translation>Wieder einblenden</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show its match in file manager</source>
        <translation>Das Gegenstück im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Show or hide the details</source>
        <translation>Details ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>Seitenleiste ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show the log…</source>
        <translation>Protokoll zeigen …</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>Bericht zeigen</translation>
    </message>
    <message>
        <source>Show the selected files in the file manager</source>
        <translation>Die ausgewählten Dateien im Dateimanager zeigen</translation>
    </message>
    <message numerus="yes">
        <source>Show {n} more</source>
        <comment>Show {n} more</comment>
        <translation>
            <numerusform>{n} weiteres zeigen</numerusform>
            <numerusform>{n} weitere zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show:</source>
        <translation>Zeigen:</translation>
    </message>
    <message>
        <source>Side buttons of the mouse</source>
        <translation>Seitliche Maustasten</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Side by side, swipe, flicker, difference</source>
        <translation>Nebeneinander, Wischen, Wechsel, Differenz</translation>
    </message>
    <message>
        <source>Side of the pictures</source>
        <translation>Seite der Bilder</translation>
    </message>
    <message>
        <source>Similar</source>
        <translation>Ähnliche</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size and place of the window, keys</source>
        <translation>Größe und Ort des Fensters, Tasten</translation>
    </message>
    <message>
        <source>Smaller (-)</source>
        <translation>Kleiner (-)</translation>
    </message>
    <message>
        <source>Smallest crop</source>
        <translation>Kleinster Ausschnitt</translation>
    </message>
    <message>
        <source>Smallest first</source>
        <translation>Kleinste zuerst</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>So many checks without a gain end it early.</source>
        <translation>So viele Prüfungen ohne Gewinn beenden es früher.</translation>
    </message>
    <message>
        <source>So many rounds begin with triplets that are nearly right.</source>
        <translation>So viele Runden beginnen mit Tripeln, die fast stimmen.</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <source>Some of these photos are still being read; drag them again in a moment.</source>
        <translation>Einige dieser Fotos werden noch gelesen; bitte gleich noch einmal ziehen.</translation>
    </message>
    <message>
        <source>Some photos are kept back at a time, to see what was learned from the others.</source>
        <translation>Jeweils einige Fotos werden zurückgehalten, um zu sehen, was aus den anderen gelernt wurde.</translation>
    </message>
    <message>
        <source>Something went wrong, and it is our fault</source>
        <translation>Etwas ging schief, und es liegt an uns</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortierung</translation>
    </message>
    <message>
        <source>Sorted by: {name}, {direction}</source>
        <translation>Sortiert nach: {name}, {direction}</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>In Ordnung</translation>
    </message>
    <message>
        <source>Sound, after a repair</source>
        <translation>In Ordnung, nach einer Reparatur</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Space, Escape</source>
        <translation>Leertaste, Esc</translation>
    </message>
    <message>
        <source>Speed on this machine: not measured yet</source>
        <translation>Geschwindigkeit auf diesem Rechner: noch nicht gemessen</translation>
    </message>
    <message>
        <source>Spreads out what all your photos have in common; the subjects only prove it. Seconds.</source>
        <translation>Breitet aus, was alle Ihre Fotos gemeinsam haben; die Motive beweisen es nur. Sekunden.</translation>
    </message>
    <message>
        <source>Square</source>
        <translation>Quadratisch</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Ausgehen von</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>Stop trying it</source>
        <translation>Nicht mehr ausprobieren</translation>
    </message>
    <message>
        <source>Stopped. It goes on from there, now or on another day, with the same photos and options.</source>
        <translation>Angehalten. Von dort geht es weiter, jetzt oder an einem anderen Tag, mit denselben Fotos und Optionen.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird beendet …</translation>
    </message>
    <message>
        <source>Subjects are told apart by angles with a margin: for very many subjects (ArcFace).</source>
        <translation>Motive werden nach Winkeln mit einem Mindestabstand unterschieden: für sehr viele Motive (ArcFace).</translation>
    </message>
    <message>
        <source>Subjects of a step</source>
        <translation>Motive eines Schritts</translation>
    </message>
    <message>
        <source>Such as “{name}”.</source>
        <translation>Etwa „{name}“.</translation>
    </message>
    <message>
        <source>Swap left and right</source>
        <translation>Links und rechts tauschen</translation>
    </message>
    <message>
        <source>Swap left and right (W)</source>
        <translation>Links und rechts tauschen (W)</translation>
    </message>
    <message>
        <source>Swipe</source>
        <translation>Wischen</translation>
    </message>
    <message>
        <source>Switch to Similar for photos that show something alike.</source>
        <translation>„Ähnliche“ findet Fotos, die Ähnliches zeigen.</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Tables and lists</source>
        <translation>Tabellen und Listen</translation>
    </message>
    <message>
        <source>Take as “{label}”</source>
        <translation>Als „{label}“ nehmen</translation>
    </message>
    <message>
        <source>Take away a filter or one of the pictures.</source>
        <translation>Einen Filter oder eines der Bilder wegnehmen.</translation>
    </message>
    <message>
        <source>Take away all filters</source>
        <translation>Alle Filter wegnehmen</translation>
    </message>
    <message>
        <source>Take away the filter {words}</source>
        <translation>Den Filter {words} wegnehmen</translation>
    </message>
    <message>
        <source>Take away the filter “{title}: {text}”</source>
        <translation>Filter „{title}: {text}“ wegnehmen</translation>
    </message>
    <message>
        <source>Take back the last step</source>
        <translation>Letzten Schritt zurücknehmen</translation>
    </message>
    <message>
        <source>Take it all the same</source>
        <translation>Trotzdem nehmen</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Take out of the query</source>
        <translation>Aus der Suche nehmen</translation>
    </message>
    <message>
        <source>Take out of “{name}”</source>
        <translation>Aus „{name}“ nehmen</translation>
    </message>
    <message>
        <source>Take the outline away</source>
        <translation>Den Rahmen entfernen</translation>
    </message>
    <message>
        <source>Take the outline away (Delete)</source>
        <translation>Den Rahmen entfernen (Entf)</translation>
    </message>
    <message numerus="yes">
        <source>Take the suggested label</source>
        <comment>Take all {n} suggested labels</comment>
        <translation>
            <numerusform>Vorgeschlagene Bezeichnung nehmen</numerusform>
            <numerusform>Alle {n} vorgeschlagenen Bezeichnungen nehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Take {name} out of the query</source>
        <translation>{name} aus der Suche nehmen</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Takes over next</source>
        <translation>Übernimmt als nächstes</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Test now</source>
        <translation>Jetzt testen</translation>
    </message>
    <message>
        <source>Test {number}</source>
        <translation>Test {number}</translation>
    </message>
    <message>
        <source>Tested: {when} · {model} · {photos}</source>
        <translation>Getestet: {when} · {model} · {photos}</translation>
    </message>
    <message>
        <source>Testing the index</source>
        <translation>Index wird getestet</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>That is too few: have the library checked, then repaired.</source>
        <translation>Das ist zu wenig: Lassen Sie die Bibliothek prüfen und dann reparieren.</translation>
    </message>
    <message>
        <source>That picture cannot be read.</source>
        <translation>Dieses Bild kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The address of the page did not come along, and without it its pictures cannot be found.</source>
        <translation>Die Adresse der Seite kam nicht mit, und ohne sie sind ihre Bilder nicht zu finden.</translation>
    </message>
    <message>
        <source>The backup is whole. It holds {photos} and {queries}. The library as it is now is kept beside it under another name. Lookalike closes and opens again with the backup.</source>
        <translation>Die Sicherung ist unversehrt. Sie enthält {photos} und {queries}. Die jetzige Bibliothek bleibt daneben unter anderem Namen erhalten. Lookalike schließt sich und öffnet sich mit der Sicherung.</translation>
    </message>
    <message>
        <source>The best seems to be “{name}”: {why}. All are kept unless you choose.</source>
        <translation>Die beste scheint „{name}“ zu sein: {why}. Alle bleiben, wenn Sie nicht wählen.</translation>
    </message>
    <message>
        <source>The best there is</source>
        <translation>Das beste, das es gibt</translation>
    </message>
    <message>
        <source>The check was cancelled.</source>
        <translation>Die Prüfung wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The collection “{name}” as a class</source>
        <translation>Die Sammlung „{name}“ als Motiv</translation>
    </message>
    <message>
        <source>The collection “{name}” was deleted.</source>
        <translation>Die Sammlung „{name}“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>The coordinates are on the clipboard.</source>
        <translation>Die Koordinaten sind in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The drive with this photo is not connected.</source>
        <translation>Das Laufwerk mit diesem Foto ist nicht verbunden.</translation>
    </message>
    <message>
        <source>The file is gone. If it was moved, look for changes (F5).</source>
        <translation>Die Datei ist weg. Wurde sie verschoben, nach Änderungen suchen (F5).</translation>
    </message>
    <message>
        <source>The first picture is shown</source>
        <translation>Das erste Bild ist zu sehen</translation>
    </message>
    <message>
        <source>The folders were looked through: {when}</source>
        <translation>Die Ordner wurden durchgesehen: {when}</translation>
    </message>
    <message>
        <source>The hardest, later on</source>
        <translation>Später die schwersten</translation>
    </message>
    <message>
        <source>The index finds {share} % of the nearest photos.</source>
        <translation>Der Index findet {share} % der nächsten Fotos.</translation>
    </message>
    <message>
        <source>The last photos were embedded on: {name}</source>
        <translation>Die letzten Fotos wurden gelesen mit: {name}</translation>
    </message>
    <message>
        <source>The last stage</source>
        <translation>Die letzte Stufe</translation>
    </message>
    <message>
        <source>The last stage learns faster and forgets less; the whole network can learn more.</source>
        <translation>Die letzte Stufe lernt schneller und vergisst weniger; das ganze Netz kann mehr lernen.</translation>
    </message>
    <message>
        <source>The library could not be opened</source>
        <translation>Die Bibliothek ließ sich nicht öffnen</translation>
    </message>
    <message>
        <source>The library is sound.</source>
        <translation>Die Bibliothek ist in Ordnung.</translation>
    </message>
    <message>
        <source>The library was repaired; it is sound.</source>
        <translation>Die Bibliothek wurde repariert und ist in Ordnung.</translation>
    </message>
    <message>
        <source>The library: catalogue, history, thumbnails, index, added models</source>
        <translation>Die Bibliothek: Katalog, Verlauf, Miniaturen, Index, hinzugefügte Modelle</translation>
    </message>
    <message>
        <source>The likeness is spread over all of it.</source>
        <translation>Die Ähnlichkeit verteilt sich über das ganze Bild.</translation>
    </message>
    <message>
        <source>The log cannot be read: {why}</source>
        <translation>Das Protokoll lässt sich nicht lesen: {why}</translation>
    </message>
    <message>
        <source>The lower, the more only the nearest count.</source>
        <translation>Je niedriger, desto mehr zählen nur die nächsten.</translation>
    </message>
    <message>
        <source>The model does not see that: to it, they are no closer than photos picked at random.</source>
        <translation>Das Modell sieht das nicht: Für es sind sie einander nicht näher als zufällig gewählte Fotos.</translation>
    </message>
    <message>
        <source>The model “{name}” stays among your models; the report goes.</source>
        <translation>Das Modell „{name}“ bleibt bei Ihren Modellen; der Bericht geht.</translation>
    </message>
    <message>
        <source>The model’s last stage learns, goes a part of the way back, and gets a layer on top. Minutes to hours.</source>
        <translation>Die letzte Stufe des Modells lernt, geht ein Stück zurück und bekommt eine Schicht obenauf. Minuten bis Stunden.</translation>
    </message>
    <message>
        <source>The model’s own</source>
        <translation>Das des Modells</translation>
    </message>
    <message>
        <source>The new model</source>
        <translation>Das neue Modell</translation>
    </message>
    <message>
        <source>The new model has to be better than this one</source>
        <translation>Das neue Modell muss besser sein als dieses</translation>
    </message>
    <message>
        <source>The next look for changes embeds them with the model that answers.</source>
        <translation>Die nächste Suche nach Änderungen erfasst sie mit dem Modell, das antwortet.</translation>
    </message>
    <message>
        <source>The next look for changes reads them.</source>
        <translation>Die nächste Suche nach Änderungen liest sie.</translation>
    </message>
    <message>
        <source>The official ones, if there are any</source>
        <translation>Die offiziellen, wenn es sie gibt</translation>
    </message>
    <message>
        <source>The only time that Lookalike asks the network. The site then sees your network address.</source>
        <translation>Nur dann fragt Lookalike das Netz. Die Website sieht dabei Ihre Netzadresse.</translation>
    </message>
    <message>
        <source>The original, it seems</source>
        <translation>Das Original, wie es scheint</translation>
    </message>
    <message>
        <source>The page does not say where its picture is</source>
        <translation>Die Seite verrät nicht, wo ihr Bild ist</translation>
    </message>
    <message>
        <source>The page names its picture only as “{address}”, and its own address did not come along.</source>
        <translation>Die Seite nennt ihr Bild nur als „{address}“, und ihre eigene Adresse kam nicht mit.</translation>
    </message>
    <message>
        <source>The path is on the clipboard.</source>
        <translation>Der Pfad ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The photos have been looked at.</source>
        <translation>Die Fotos sind angesehen.</translation>
    </message>
    <message>
        <source>The photos of this group are not what they were.</source>
        <translation>Die Fotos dieser Gruppe sind nicht mehr, was sie waren.</translation>
    </message>
    <message>
        <source>The photos that the ground truth names are looked for in {folder}</source>
        <translation>Die Fotos, die die Referenzliste nennt, werden in {folder} gesucht</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>Das Bild ist in der Zwischenablage.</translation>
    </message>
    <message>
        <source>The pixels were compared: {percent} % sure.</source>
        <translation>Die Pixel wurden verglichen: zu {percent} % sicher.</translation>
    </message>
    <message>
        <source>The profile is damaged; shown as sRGB</source>
        <translation>Das Profil ist beschädigt; als sRGB gezeigt</translation>
    </message>
    <message>
        <source>The reason of each says more.</source>
        <translation>Der Grund neben jeder sagt mehr.</translation>
    </message>
    <message>
        <source>The same for subjects that it has not learned: {before} → {after}.</source>
        <translation>Dasselbe für Motive, die es nicht gelernt hat: {before} → {after}.</translation>
    </message>
    <message>
        <source>The same in small steps; a click on its weight opens a slider</source>
        <translation>Dasselbe in kleinen Schritten; ein Klick auf das Gewicht zeigt einen Regler</translation>
    </message>
    <message>
        <source>The same number gives the same training.</source>
        <translation>Dieselbe Zahl ergibt dasselbe Training.</translation>
    </message>
    <message>
        <source>The same picture: re-saved, resized, cut, turned or edited</source>
        <translation>Dasselbe Bild: neu gespeichert, skaliert, beschnitten, gedreht oder bearbeitet</translation>
    </message>
    <message>
        <source>The same picture: {verdict}.</source>
        <translation>Dasselbe Bild: {verdict}.</translation>
    </message>
    <message>
        <source>The second picture is shown</source>
        <translation>Das zweite Bild ist zu sehen</translation>
    </message>
    <message>
        <source>The settings</source>
        <translation>Die Einstellungen</translation>
    </message>
    <message>
        <source>The site will see your network address, as it does when you open it in a browser.</source>
        <translation>Die Seite sieht dabei die Netzadresse, wie beim Öffnen im Browser.</translation>
    </message>
    <message>
        <source>The sites will see your network address, as they do when you open them in a browser.</source>
        <translation>Die Seiten sehen dabei die Netzadresse, wie beim Öffnen im Browser.</translation>
    </message>
    <message>
        <source>The test asks the index for photos whose nearest ones are known.</source>
        <translation>Der Test fragt den Index nach Fotos, deren nächste bekannt sind.</translation>
    </message>
    <message>
        <source>The thumbnail of this photo is damaged.</source>
        <translation>Die Miniatur dieses Fotos ist beschädigt.</translation>
    </message>
    <message>
        <source>The trainer could not be started: {why}.</source>
        <translation>Das Training konnte nicht gestartet werden: {why}.</translation>
    </message>
    <message>
        <source>The training ended unexpectedly.</source>
        <translation>Das Training endete unerwartet.</translation>
    </message>
    <message>
        <source>The training is deleted; your photos are as they were.</source>
        <translation>Das Training ist gelöscht; Ihre Fotos sind, wie sie waren.</translation>
    </message>
    <message>
        <source>The two are no closer than photos picked at random: what they share is chance.</source>
        <translation>Die beiden sind einander nicht näher als zufällig gewählte Fotos: Was sie gemeinsam haben, ist Zufall.</translation>
    </message>
    <message>
        <source>The two are {word}: closer than {percent} of random pairs of your photos.</source>
        <translation>Die beiden sind einander {word}: näher als {percent} aller zufälligen Paare Ihrer Fotos.</translation>
    </message>
    <message>
        <source>The whole entry</source>
        <translation>Der ganze Eintrag</translation>
    </message>
    <message>
        <source>The whole network</source>
        <translation>Das ganze Netz</translation>
    </message>
    <message>
        <source>Then drop any picture to find its lookalikes.
Your photos stay where they are, and nothing leaves this computer.</source>
        <translation>Danach ein beliebiges Bild hierher ziehen, um ähnliche zu finden.
Die Fotos bleiben, wo sie sind, und nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>There are no photos in “{name}”</source>
        <translation>In „{name}“ sind keine Fotos</translation>
    </message>
    <message>
        <source>There are none: what you train is listed here, whatever becomes of it.</source>
        <translation>Es gibt keine: Was Sie trainieren, steht hier, was auch daraus wird.</translation>
    </message>
    <message>
        <source>There is no picture in that.</source>
        <translation>Darin ist kein Bild.</translation>
    </message>
    <message>
        <source>There is no “{path}”.</source>
        <translation>„{path}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>There is nothing new in it</source>
        <translation>Darin ist nichts Neues</translation>
    </message>
    <message>
        <source>There is nothing that could not be read.</source>
        <translation>Es gibt nichts, das sich nicht lesen ließ.</translation>
    </message>
    <message>
        <source>There is nothing to test yet.</source>
        <translation>Es gibt noch nichts zu testen.</translation>
    </message>
    <message>
        <source>These are identical files, which no decision makes different.</source>
        <translation>Das sind identische Dateien, die keine Entscheidung verschieden macht.</translation>
    </message>
    <message>
        <source>These keys cannot be changed.</source>
        <translation>Diese Tasten sind fest.</translation>
    </message>
    <message>
        <source>These keys have a fixed meaning. Choose others.</source>
        <translation>Diese Tasten haben eine feste Bedeutung. Bitte andere wählen.</translation>
    </message>
    <message>
        <source>They are different pictures: all are kept unless you choose.</source>
        <translation>Es sind verschiedene Bilder: Alle bleiben, wenn Sie nicht wählen.</translation>
    </message>
    <message>
        <source>They are marked in {groups} reviewed groups, and take {size}. At least one photo of each group stays.</source>
        <translation>Sie sind in {groups} durchgesehenen Gruppen markiert und belegen {size}. Mindestens ein Foto jeder Gruppe bleibt.</translation>
    </message>
    <message>
        <source>They can be restored from the trash of your system.</source>
        <translation>Sie lassen sich aus dem Papierkorb des Systems zurückholen.</translation>
    </message>
    <message>
        <source>They stay away from what you ask with that picture, wherever the files go.</source>
        <translation>Bei Suchen mit jenem Bild bleiben sie weg, wohin die Dateien auch kommen.</translation>
    </message>
    <message>
        <source>They will not be shown as duplicates again.</source>
        <translation>Sie werden nicht mehr als Duplikate gezeigt.</translation>
    </message>
    <message>
        <source>This is in your library: photos were found that are the files themselves.</source>
        <translation>Das gehört zur Bibliothek: Gefunden wurden die Dateien selbst.</translation>
    </message>
    <message>
        <source>This library is read-only.</source>
        <translation>Diese Bibliothek ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>This photo has {total} megapixels, more than are held at once: it is shown with {shown}. Zoom in, and the part you look at is read in full.</source>
        <translation>Dieses Foto hat {total} Megapixel, mehr als auf einmal gehalten werden: Gezeigt wird es mit {shown}. Beim Vergrößern wird der sichtbare Teil ganz gelesen.</translation>
    </message>
    <message>
        <source>This picture has no file.</source>
        <translation>Dieses Bild hat keine Datei.</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>Gründlich</translation>
    </message>
    <message>
        <source>Those that are nearly right</source>
        <translation>Die fast richtigen</translation>
    </message>
    <message>
        <source>Thumbnail size</source>
        <translation>Größe der Miniaturen</translation>
    </message>
    <message>
        <source>Thumbnail size (Ctrl and the mouse wheel)</source>
        <translation>Größe der Miniaturen (Strg und Mausrad)</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>Miniaturen</translation>
    </message>
    <message>
        <source>Thumbnails take {size}.</source>
        <translation>Miniaturen belegen {size}.</translation>
    </message>
    <message>
        <source>Thumbnails take …</source>
        <translation>Miniaturen belegen …</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time for one photo</source>
        <translation>Zeit für ein Foto</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Title of the query; empty for the names of its pictures</source>
        <translation>Titel der Suche; leer für die Namen ihrer Bilder</translation>
    </message>
    <message>
        <source>Title, file name or day</source>
        <translation>Titel, Dateiname oder Tag</translation>
    </message>
    <message>
        <source>To have it back, open the trash of your system.</source>
        <translation>Zurückholen lässt es sich aus dem Papierkorb des Systems.</translation>
    </message>
    <message>
        <source>To the model, the two are the same picture.</source>
        <translation>Für das Modell sind beide dasselbe Bild.</translation>
    </message>
    <message>
        <source>To the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Zusammen</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Train a model</source>
        <translation>Modell trainieren</translation>
    </message>
    <message>
        <source>Train a model from labelled folders</source>
        <translation>Modell aus sortierten Ordnern trainieren</translation>
    </message>
    <message>
        <source>Train a model from labelled folders…</source>
        <translation>Modell aus sortierten Ordnern trainieren …</translation>
    </message>
    <message>
        <source>Train a model…</source>
        <translation>Modell trainieren …</translation>
    </message>
    <message>
        <source>Train another</source>
        <translation>Weiteres trainieren</translation>
    </message>
    <message>
        <source>Training the network</source>
        <translation>Netz wird trainiert</translation>
    </message>
    <message>
        <source>Training: {share} %</source>
        <translation>Training: {share} %</translation>
    </message>
    <message>
        <source>Trainings</source>
        <translation>Trainings</translation>
    </message>
    <message>
        <source>Training…</source>
        <translation>Training …</translation>
    </message>
    <message>
        <source>Triplets</source>
        <translation>Tripel</translation>
    </message>
    <message>
        <source>Triplets that count</source>
        <translation>Tripel, die zählen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Try all of them again</source>
        <translation>Alle noch einmal versuchen</translation>
    </message>
    <message>
        <source>Try another program, or copy the file again from where it came.</source>
        <translation>Ein anderes Programm versuchen oder die Datei erneut vom Ursprung kopieren.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Try the selected files again</source>
        <translation>Die ausgewählten Dateien noch einmal versuchen</translation>
    </message>
    <message numerus="yes">
        <source>Try {n} file again</source>
        <comment>Try {n} files again</comment>
        <translation>
            <numerusform>{n} Datei noch einmal versuchen</numerusform>
            <numerusform>{n} Dateien noch einmal versuchen</numerusform>
        </translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>Unentschieden</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo the last change of the query</source>
        <translation>Die letzte Änderung der Suche zurücknehmen</translation>
    </message>
    <message>
        <source>Unpacking and checking the backup</source>
        <translation>Sicherung wird ausgepackt und geprüft</translation>
    </message>
    <message>
        <source>Unpacking pictures</source>
        <translation>Bilder werden ausgepackt</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message numerus="yes">
        <source>Unpin {n} query</source>
        <comment>Unpin {n} queries</comment>
        <translation>
            <numerusform>{n} Suche lösen</numerusform>
            <numerusform>{n} Suchen lösen</numerusform>
        </translation>
    </message>
    <message>
        <source>Until then searches are answered as before.</source>
        <translation>Bis dahin werden Suchen wie bisher beantwortet.</translation>
    </message>
    <message>
        <source>Until this day</source>
        <translation>Bis zu diesem Tag</translation>
    </message>
    <message>
        <source>Until {day}</source>
        <translation>Bis {day}</translation>
    </message>
    <message>
        <source>Up to date, {when}</source>
        <translation>Aktuell, {when}</translation>
    </message>
    <message>
        <source>Up to this distance a pair of one subject costs nothing.</source>
        <translation>Bis zu diesem Abstand kostet ein Paar eines Motivs nichts.</translation>
    </message>
    <message>
        <source>Up, Down</source>
        <translation>Oben, Unten</translation>
    </message>
    <message>
        <source>Use as a filter</source>
        <translation>Als Filter verwenden</translation>
    </message>
    <message>
        <source>Use these keys</source>
        <translation>Diese Tasten verwenden</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Dieses Modell verwenden</translation>
    </message>
    <message>
        <source>Use “{name}” again</source>
        <translation>Wieder „{name}“ verwenden</translation>
    </message>
    <message>
        <source>Values of an embedding</source>
        <translation>Werte einer Einbettung</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Videos and other files are not looked at.</source>
        <translation>Videos und andere Dateien werden nicht angesehen.</translation>
    </message>
    <message>
        <source>Views made in advance</source>
        <translation>Vorab erzeugte Ansichten</translation>
    </message>
    <message>
        <source>Wait a moment, or end it in the task manager of your system.</source>
        <translation>Einen Moment warten oder es in der Prozessverwaltung des Systems beenden.</translation>
    </message>
    <message>
        <source>Wait until indexing has ended.</source>
        <translation>Warten Sie, bis das Einlesen beendet ist.</translation>
    </message>
    <message>
        <source>Wait until that is done, or cancel it.</source>
        <translation>Warten Sie, bis das fertig ist, oder brechen Sie es ab.</translation>
    </message>
    <message>
        <source>Waiting to be embedded</source>
        <translation>Warten darauf, vom Modell erfasst zu werden</translation>
    </message>
    <message>
        <source>Waiting to be read</source>
        <translation>Warten darauf, gelesen zu werden</translation>
    </message>
    <message>
        <source>Warm parts add more than an even share to the likeness, dark parts less.</source>
        <translation>Warme Stellen tragen mehr als ihren Anteil zur Ähnlichkeit bei, dunkle weniger.</translation>
    </message>
    <message>
        <source>Warm parts matter most: hidden by grey, they cost most of the likeness.</source>
        <translation>Auf warme Stellen kommt es an: Mit Grau verdeckt kosten sie am meisten Ähnlichkeit.</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Watch for changes</source>
        <translation>Änderungen verfolgen</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabbau</translation>
    </message>
    <message>
        <source>Weight of equal pairs</source>
        <translation>Gewicht gleicher Paare</translation>
    </message>
    <message>
        <source>Welcome. Drop a folder with your photos</source>
        <translation>Willkommen. Einen Ordner mit Fotos hierher ziehen</translation>
    </message>
    <message>
        <source>What can be read is kept, the rest comes from the newest good copy.</source>
        <translation>Was lesbar ist, bleibt; das Übrige kommt aus der neuesten guten Kopie.</translation>
    </message>
    <message>
        <source>What counts as a match</source>
        <translation>Was als Treffer zählt</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschehen ist</translation>
    </message>
    <message>
        <source>What in the two makes them alike (Y)</source>
        <translation>Was die beiden einander ähnlich macht (Y)</translation>
    </message>
    <message>
        <source>What is asked of it</source>
        <translation>Was verlangt wird</translation>
    </message>
    <message>
        <source>What is kept is an average of the weights; nearer to 1 it looks back farther.</source>
        <translation>Behalten wird ein Mittel der Gewichte; näher an 1 reicht es weiter zurück.</translation>
    </message>
    <message>
        <source>What is kept where</source>
        <translation>Was wo liegt</translation>
    </message>
    <message>
        <source>What is known about the photo</source>
        <translation>Was über das Foto bekannt ist</translation>
    </message>
    <message>
        <source>What is not a match…</source>
        <translation>Was kein Treffer ist …</translation>
    </message>
    <message>
        <source>What is somewhat alike (usual)</source>
        <translation>Was sich etwas gleicht (üblich)</translation>
    </message>
    <message>
        <source>What is very much alike (quick)</source>
        <translation>Was sich aufs Haar gleicht (schnell)</translation>
    </message>
    <message>
        <source>What it had read is kept: try again, it goes on from there. If it happens again, close other programs.</source>
        <translation>Was gelesen war, bleibt: Versuchen Sie es noch einmal, es geht dort weiter. Geschieht es wieder, schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>What learns</source>
        <translation>Was lernt</translation>
    </message>
    <message>
        <source>What one photo finds at step {step}</source>
        <translation>Was ein Foto bei Schritt {step} findet</translation>
    </message>
    <message>
        <source>What some of your photos find</source>
        <translation>Was einige Ihrer Fotos finden</translation>
    </message>
    <message>
        <source>What stands under the photos</source>
        <translation>Was unter den Fotos steht</translation>
    </message>
    <message>
        <source>What the colours stand for</source>
        <translation>Wofür die Farben stehen</translation>
    </message>
    <message>
        <source>What the program has noted of itself. It is sent to nobody.</source>
        <translation>Was das Programm über sich verzeichnet hat. Es wird an niemanden gesendet.</translation>
    </message>
    <message>
        <source>What to do with {name}</source>
        <translation>Was mit {name} geschehen soll</translation>
    </message>
    <message>
        <source>What to learn from</source>
        <translation>Woraus gelernt wird</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>What was found so far is shown.</source>
        <translation>Was bis dahin gefunden wurde, ist zu sehen.</translation>
    </message>
    <message>
        <source>What was learned</source>
        <translation>Was gelernt wurde</translation>
    </message>
    <message>
        <source>What was learned goes with it, and cannot be brought back. Your photos are not touched.</source>
        <translation>Was gelernt wurde, geht mit und lässt sich nicht zurückholen. Ihre Fotos werden nicht angerührt.</translation>
    </message>
    <message>
        <source>What was learned is deleted; your photos are as they were.</source>
        <translation>Was gelernt wurde, ist gelöscht; Ihre Fotos sind, wie sie waren.</translation>
    </message>
    <message>
        <source>What was learned is deleted; your photos are not touched.</source>
        <translation>Was gelernt wurde, wird gelöscht; Ihre Fotos bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>What you change holds at once. It can also be changed in {file}.</source>
        <translation>Was Sie ändern, gilt sofort. Es lässt sich auch in {file} ändern.</translation>
    </message>
    <message>
        <source>What you corrected in earlier trainings does not count: {file} cannot be read, {why}.</source>
        <translation>Was Sie in früheren Trainings berichtigt haben, zählt nicht: {file} kann nicht gelesen werden, {why}.</translation>
    </message>
    <message>
        <source>What you mend here counts in your trainings, the next ones too; the files stay where they are.</source>
        <translation>Was Sie hier berichtigen, zählt in Ihren Trainings, auch in den nächsten; die Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Where is “{name}” now?</source>
        <translation>Wo ist „{name}“ jetzt?</translation>
    </message>
    <message>
        <source>Where it ends at the latest, however many photos there are.</source>
        <translation>Wo es spätestens endet, wie viele Fotos es auch sind.</translation>
    </message>
    <message>
        <source>Where only the last stage learns, so many changed copies of each photo are made once.</source>
        <translation>Wo nur die letzte Stufe lernt, werden einmal so viele veränderte Kopien jedes Fotos gemacht.</translation>
    </message>
    <message>
        <source>Where the photos of a group may lie</source>
        <translation>Wo die Fotos einer Gruppe liegen dürfen</translation>
    </message>
    <message>
        <source>Where they differ; black is equal (D)</source>
        <translation>Wo sie sich unterscheiden; Schwarz ist gleich (D)</translation>
    </message>
    <message>
        <source>Which files are not searchable, and why</source>
        <translation>Welche Dateien nicht durchsuchbar sind und warum</translation>
    </message>
    <message>
        <source>Which network learns. Another one than the model’s own begins with the weights below.</source>
        <translation>Welches Netz lernt. Ein anderes als das des Modells beginnt mit den Gewichten darunter.</translation>
    </message>
    <message>
        <source>Which ones, and why…</source>
        <translation>Welche, und warum …</translation>
    </message>
    <message>
        <source>While choosing a region</source>
        <translation>Beim Wählen eines Ausschnitts</translation>
    </message>
    <message>
        <source>While comparing</source>
        <translation>Beim Vergleichen</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Why similar?</source>
        <translation>Warum ähnlich?</translation>
    </message>
    <message>
        <source>Why similar? Maps of what makes the two alike</source>
        <translation>Warum ähnlich? Karten davon, was die beiden einander ähnlich macht</translation>
    </message>
    <message>
        <source>With a slider…</source>
        <translation>Mit einem Regler …</translation>
    </message>
    <message>
        <source>With arrows or a click: choose several, to pin or to delete</source>
        <translation>Mit Pfeilen oder Klick: mehrere wählen, um sie anzuheften oder zu löschen</translation>
    </message>
    <message>
        <source>With arrows or a click: extend the selection, add to it</source>
        <translation>Mit Pfeilen oder Klick: Auswahl erweitern, ergänzen</translation>
    </message>
    <message>
        <source>With arrows or a click: select several files; Ctrl+A selects all</source>
        <translation>Mit Pfeilen oder Klick: mehrere Dateien wählen; Strg+A wählt alle</translation>
    </message>
    <message>
        <source>Without a date</source>
        <translation>Ohne Datum</translation>
    </message>
    <message>
        <source>Words in the log</source>
        <translation>Wörter im Protokoll</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>Worst first</source>
        <translation>Schlechteste zuerst</translation>
    </message>
    <message>
        <source>Worth keeping is “{name}”: {why}.</source>
        <translation>Zu behalten lohnt sich „{name}“: {why}.</translation>
    </message>
    <message>
        <source>Writing the backup</source>
        <translation>Sicherung wird geschrieben</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Bericht schreiben</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Jahr</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>You are trying it. Stop that first.</source>
        <translation>Sie probieren es gerade aus. Beenden Sie das zuerst.</translation>
    </message>
    <message>
        <source>You can go on using the window, and close this dialog, meanwhile.</source>
        <translation>Sie können das Fenster weiter benutzen und diesen Dialog inzwischen schließen.</translation>
    </message>
    <message>
        <source>You can go on with anything else meanwhile.</source>
        <translation>Inzwischen lässt sich alles andere weiter tun.</translation>
    </message>
    <message>
        <source>You can search, look through it and export. The history is not kept, and nothing can be changed: nothing may be written to {folder}.</source>
        <translation>Sie können suchen, blättern und exportieren. Der Verlauf wird nicht aufgehoben, und nichts lässt sich ändern: In {folder} darf nichts geschrieben werden.</translation>
    </message>
    <message numerus="yes">
        <source>You have this one</source>
        <comment>You have all {n} of these</comment>
        <translation>
            <numerusform>Das eine ist vorhanden</numerusform>
            <numerusform>Alle {n} sind vorhanden</numerusform>
        </translation>
    </message>
    <message>
        <source>You have {had} of {total}</source>
        <translation>{had} von {total} sind vorhanden</translation>
    </message>
    <message>
        <source>Your photos and what Lookalike knows about them are safe. This is what is known of the fault.</source>
        <translation>Die Fotos und was Lookalike über sie weiß, sind sicher. Das ist über den Fehler bekannt.</translation>
    </message>
    <message>
        <source>Your photos and what Lookalike knows about them are safe. You can go on, or restart.</source>
        <translation>Die Fotos und was Lookalike über sie weiß, sind sicher. Weiterarbeiten oder neu starten ist beides möglich.</translation>
    </message>
    <message>
        <source>Your photos are being indexed. You can search as soon as the first ones are in.</source>
        <translation>Die Fotos werden erfasst. Gesucht werden kann, sobald die ersten da sind.</translation>
    </message>
    <message>
        <source>Z to A</source>
        <translation>Z bis A</translation>
    </message>
    <message>
        <source>all are kept</source>
        <translation>alle bleiben</translation>
    </message>
    <message>
        <source>all scores</source>
        <translation>jede Ähnlichkeit</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more</source>
        <comment>and {n} more</comment>
        <translation>
            <numerusform>und {n} weiteres</numerusform>
            <numerusform>und {n} weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>another picture of the same kind · score {score}</source>
        <translation>ein anderes Bild derselben Art · Ähnlichkeit {score}</translation>
    </message>
    <message>
        <source>at the bottom</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>at the bottom left</source>
        <translation>unten links</translation>
    </message>
    <message>
        <source>at the bottom right</source>
        <translation>unten rechts</translation>
    </message>
    <message>
        <source>at the top</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>at the top left</source>
        <translation>oben links</translation>
    </message>
    <message>
        <source>at the top right</source>
        <translation>oben rechts</translation>
    </message>
    <message>
        <source>below here it is chance</source>
        <translation>ab hier ist es Zufall</translation>
    </message>
    <message>
        <source>black and white</source>
        <translation>schwarzweiß</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>weichgezeichnet</translation>
    </message>
    <message>
        <source>border added</source>
        <translation>Rand hinzugefügt</translation>
    </message>
    <message>
        <source>border removed</source>
        <translation>Rand entfernt</translation>
    </message>
    <message>
        <source>brighter by {amount} EV</source>
        <translation>{amount} EV heller</translation>
    </message>
    <message>
        <source>chance</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>changed {moment}</source>
        <translation>geändert {moment}</translation>
    </message>
    <message>
        <source>changed {when}</source>
        <translation>geändert {when}</translation>
    </message>
    <message>
        <source>counts a quarter</source>
        <translation>zählt ein Viertel</translation>
    </message>
    <message>
        <source>counts double</source>
        <translation>zählt doppelt</translation>
    </message>
    <message>
        <source>counts four times</source>
        <translation>zählt vierfach</translation>
    </message>
    <message>
        <source>counts fully</source>
        <translation>zählt voll</translation>
    </message>
    <message>
        <source>counts half</source>
        <translation>zählt halb</translation>
    </message>
    <message>
        <source>counts {times} times</source>
        <translation>zählt {times}-fach</translation>
    </message>
    <message>
        <source>cropped to {amount} %</source>
        <translation>auf {amount} % beschnitten</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>d. MMM</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>d. MMMM</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>darker by {amount} EV</source>
        <translation>{amount} EV dunkler</translation>
    </message>
    <message>
        <source>dddd, d MMMM yyyy</source>
        <translation>dddd, d. MMMM yyyy</translation>
    </message>
    <message>
        <source>did not fire</source>
        <translation>nicht ausgelöst</translation>
    </message>
    <message>
        <source>different</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>different cameras</source>
        <translation>verschiedene Kameras</translation>
    </message>
    <message>
        <source>different shot</source>
        <translation>andere Aufnahme</translation>
    </message>
    <message>
        <source>different shot {time} apart</source>
        <translation>andere Aufnahme im Abstand von {time}</translation>
    </message>
    <message>
        <source>distance {distance}</source>
        <translation>Abstand {distance}</translation>
    </message>
    <message>
        <source>earlier</source>
        <translation>früher</translation>
    </message>
    <message>
        <source>fired</source>
        <translation>ausgelöst</translation>
    </message>
    <message>
        <source>folded in</source>
        <translation>eingeklappt</translation>
    </message>
    <message>
        <source>folded out</source>
        <translation>ausgeklappt</translation>
    </message>
    <message>
        <source>identical</source>
        <translation>identisch</translation>
    </message>
    <message>
        <source>identical file</source>
        <translation>dieselbe Datei</translation>
    </message>
    <message>
        <source>identical pixels</source>
        <translation>dieselben Pixel</translation>
    </message>
    <message>
        <source>in a reference folder</source>
        <translation>in einem Referenzordner</translation>
    </message>
    <message>
        <source>in colour</source>
        <translation>in Farbe</translation>
    </message>
    <message>
        <source>in the middle</source>
        <translation>in der Mitte</translation>
    </message>
    <message numerus="yes">
        <source>in {n} photo · {time}</source>
        <comment>in {n} photos · {time}</comment>
        <translation>
            <numerusform>in {n} Foto · {time}</numerusform>
            <numerusform>in {n} Fotos · {time}</numerusform>
        </translation>
    </message>
    <message>
        <source>is no match for</source>
        <translation>ist kein Treffer für</translation>
    </message>
    <message>
        <source>it is damaged</source>
        <translation>sie ist beschädigt</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>größer</translation>
    </message>
    <message>
        <source>less like it</source>
        <translation>weniger so</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>noch unter einer Minute</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>weniger als eine Sekunde</translation>
    </message>
    <message>
        <source>less, {strength}</source>
        <translation>weniger, {strength}</translation>
    </message>
    <message>
        <source>licence {name}</source>
        <translation>Lizenz {name}</translation>
    </message>
    <message numerus="yes">
        <source>looking for photos: {n} file</source>
        <comment>looking for photos: {n} files</comment>
        <translation>
            <numerusform>sucht Fotos: {n} Datei</numerusform>
            <numerusform>sucht Fotos: {n} Dateien</numerusform>
        </translation>
    </message>
    <message>
        <source>looks at {width} × {height} pixels</source>
        <translation>sieht {width} × {height} Pixel</translation>
    </message>
    <message>
        <source>loose</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>mirrored</source>
        <translation>gespiegelt</translation>
    </message>
    <message>
        <source>more like it</source>
        <translation>mehr so</translation>
    </message>
    <message>
        <source>near</source>
        <translation>nah</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>no licence named</source>
        <translation>keine Lizenz angegeben</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>not connected · {photos}</source>
        <translation>nicht verbunden · {photos}</translation>
    </message>
    <message>
        <source>not cropped</source>
        <translation>nicht beschnitten</translation>
    </message>
    <message>
        <source>not re-encoded</source>
        <translation>nicht neu kodiert</translation>
    </message>
    <message>
        <source>nothing like it in your library</source>
        <translation>nichts dergleichen in der Bibliothek</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>on the left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>on the right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>other colours</source>
        <translation>andere Farben</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>Rang {rank}</translation>
    </message>
    <message>
        <source>re-encoded</source>
        <translation>neu gespeichert</translation>
    </message>
    <message>
        <source>reading {done} of {total}</source>
        <translation>{done} von {total} gelesen</translation>
    </message>
    <message>
        <source>region of {name}</source>
        <translation>Ausschnitt von {name}</translation>
    </message>
    <message>
        <source>resized to {amount} %</source>
        <translation>auf {amount} % skaliert</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>durchgesehen</translation>
    </message>
    <message>
        <source>score {figures}</source>
        <translation>Ähnlichkeit {figures}</translation>
    </message>
    <message>
        <source>searched with</source>
        <translation>gesucht mit</translation>
    </message>
    <message>
        <source>sharper</source>
        <translation>schärfer</translation>
    </message>
    <message>
        <source>shows more (the other is cropped to {amount} %)</source>
        <translation>zeigt mehr (das andere ist auf {amount} % beschnitten)</translation>
    </message>
    <message>
        <source>taken in the same second</source>
        <translation>in derselben Sekunde aufgenommen</translation>
    </message>
    <message>
        <source>taken {moment}</source>
        <translation>aufgenommen {moment}</translation>
    </message>
    <message numerus="yes">
        <source>taken {n} day apart</source>
        <comment>taken {n} days apart</comment>
        <translation>
            <numerusform>im Abstand von {n} Tag aufgenommen</numerusform>
            <numerusform>im Abstand von {n} Tagen aufgenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>taken {n} hour apart</source>
        <comment>taken {n} hours apart</comment>
        <translation>
            <numerusform>im Abstand von {n} Stunde aufgenommen</numerusform>
            <numerusform>im Abstand von {n} Stunden aufgenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>taken {n} minute apart</source>
        <comment>taken {n} minutes apart</comment>
        <translation>
            <numerusform>im Abstand von {n} Minute aufgenommen</numerusform>
            <numerusform>im Abstand von {n} Minuten aufgenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>taken {n} second apart</source>
        <comment>taken {n} seconds apart</comment>
        <translation>
            <numerusform>im Abstand von {n} Sekunde aufgenommen</numerusform>
            <numerusform>im Abstand von {n} Sekunden aufgenommen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>taken {n} year apart</source>
        <comment>taken {n} years apart</comment>
        <translation>
            <numerusform>im Abstand von {n} Jahr aufgenommen</numerusform>
            <numerusform>im Abstand von {n} Jahren aufgenommen</numerusform>
        </translation>
    </message>
    <message>
        <source>text or a mark on {amount} % of it</source>
        <translation>Text oder Zeichen auf {amount} % davon</translation>
    </message>
    <message>
        <source>the camera</source>
        <translation>die Kamera</translation>
    </message>
    <message>
        <source>the collection</source>
        <translation>die Sammlung</translation>
    </message>
    <message>
        <source>the dates</source>
        <translation>der Zeitraum</translation>
    </message>
    <message>
        <source>the decision</source>
        <translation>die Entscheidung</translation>
    </message>
    <message>
        <source>the file that is checked</source>
        <translation>die geprüfte Datei</translation>
    </message>
    <message>
        <source>the folders</source>
        <translation>die Wahl der Ordner</translation>
    </message>
    <message>
        <source>the format</source>
        <translation>das Format</translation>
    </message>
    <message>
        <source>the orientation</source>
        <translation>die Ausrichtung</translation>
    </message>
    <message>
        <source>the same camera</source>
        <translation>dieselbe Kamera</translation>
    </message>
    <message>
        <source>the same size</source>
        <translation>gleich groß</translation>
    </message>
    <message>
        <source>the score</source>
        <translation>die Ähnlichkeit</translation>
    </message>
    <message>
        <source>the size</source>
        <translation>die Größe</translation>
    </message>
    <message>
        <source>turned {amount}°</source>
        <translation>um {amount}° gedreht</translation>
    </message>
    <message>
        <source>very near</source>
        <translation>sehr nah</translation>
    </message>
    <message>
        <source>with its camera&apos;s data</source>
        <translation>mit den Daten der Kamera</translation>
    </message>
    <message>
        <source>with less border or none</source>
        <translation>mit weniger oder ohne Rand</translation>
    </message>
    <message>
        <source>{closeness}, distance {distance}, rank {rank}</source>
        <translation>{closeness}, Abstand {distance}, Rang {rank}</translation>
    </message>
    <message>
        <source>{dim} values per photo</source>
        <translation>{dim} Werte je Foto</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>{done} of {total} photos embedded</source>
        <translation>{done} von {total} Fotos eingelesen</translation>
    </message>
    <message>
        <source>{effect} Such as {examples}.</source>
        <translation>{effect} Zum Beispiel {examples}.</translation>
    </message>
    <message>
        <source>{fate}: {verdict}</source>
        <translation>{fate}: {verdict}</translation>
    </message>
    <message numerus="yes">
        <source>{first} and {n} more</source>
        <comment>{first} and {n} more</comment>
        <translation>
            <numerusform>{first} und {n} weiteres</numerusform>
            <numerusform>{first} und {n} weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>{found}, {new} new</source>
        <translation>{found}, {new} neu</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>noch {hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{kept}; that is kept, so a change back is quick</source>
        <translation>{kept}; das bleibt erhalten, ein Wechsel zurück geht schnell</translation>
    </message>
    <message>
        <source>{length} ({film} mm on 35 mm film)</source>
        <translation>{length} ({film} mm bei Kleinbild)</translation>
    </message>
    <message>
        <source>{like}, {strength}</source>
        <translation>{like}, {strength}</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} min</translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation>noch {minutes} min</translation>
    </message>
    <message>
        <source>{model} · {dim}-d</source>
        <translation>{model} · {dim}-d</translation>
    </message>
    <message>
        <source>{more}, {less}</source>
        <translation>{more}, {less}</translation>
    </message>
    <message numerus="yes">
        <source>{names} and {n} more</source>
        <comment>{names} and {n} more</comment>
        <translation>
            <numerusform>{names} und {n} weitere</numerusform>
            <numerusform>{names} und {n} weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} is neither a folder nor a list of photos and labels (.csv, .tsv, .txt, .json).</source>
        <translation>{names} ist weder ein Ordner noch eine Liste von Fotos und Bezeichnungen (.csv, .tsv, .txt, .json).</translation>
    </message>
    <message>
        <source>{name} (answers searches)</source>
        <translation>{name} (beantwortet Suchen)</translation>
    </message>
    <message numerus="yes">
        <source>{name}, {n} photo</source>
        <comment>{name}, {n} photos</comment>
        <translation>
            <numerusform>{name}, {n} Foto</numerusform>
            <numerusform>{name}, {n} Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>{number} km apart</source>
        <translation>{number} km voneinander entfernt</translation>
    </message>
    <message>
        <source>{number} m apart</source>
        <translation>{number} m voneinander entfernt</translation>
    </message>
    <message>
        <source>{number} megapixels</source>
        <translation>{number} Megapixel</translation>
    </message>
    <message>
        <source>{number} photos/s</source>
        <translation>{number} Fotos/s</translation>
    </message>
    <message numerus="yes">
        <source>{n} added</source>
        <comment>{n} added</comment>
        <translation>
            <numerusform>{n} hinzugefügt</numerusform>
            <numerusform>{n} hinzugefügt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} cannot be read</source>
        <comment>{n} cannot be read</comment>
        <translation>
            <numerusform>{n} nicht lesbar</numerusform>
            <numerusform>{n} nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} changed</source>
        <comment>{n} changed</comment>
        <translation>
            <numerusform>{n} geändert</numerusform>
            <numerusform>{n} geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} copy</source>
        <comment>{n} copies</comment>
        <translation>
            <numerusform>{n} Kopie</numerusform>
            <numerusform>{n} Kopien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} correction from last time counts again.</source>
        <comment>{n} corrections from last time count again.</comment>
        <translation>
            <numerusform>{n} Berichtigung vom letzten Mal zählt wieder.</numerusform>
            <numerusform>{n} Berichtigungen vom letzten Mal zählen wieder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} correction from last time is undone.</source>
        <comment>{n} corrections from last time are undone.</comment>
        <translation>
            <numerusform>{n} Berichtigung vom letzten Mal ist zurückgenommen.</numerusform>
            <numerusform>{n} Berichtigungen vom letzten Mal sind zurückgenommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} could not be copied:</source>
        <comment>{n} could not be copied:</comment>
        <translation>
            <numerusform>{n} ließ sich nicht kopieren:</numerusform>
            <numerusform>{n} ließen sich nicht kopieren:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} entry was copied.</source>
        <comment>{n} entries were copied.</comment>
        <translation>
            <numerusform>{n} Eintrag wurde kopiert.</numerusform>
            <numerusform>{n} Einträge wurden kopiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file</source>
        <comment>{n} files</comment>
        <translation>
            <numerusform>{n} Datei</numerusform>
            <numerusform>{n} Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file does not take part:</source>
        <comment>{n} files do not take part:</comment>
        <translation>
            <numerusform>{n} Datei nimmt nicht teil:</numerusform>
            <numerusform>{n} Dateien nehmen nicht teil:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file is of no use</source>
        <comment>{n} files are of no use</comment>
        <translation>
            <numerusform>{n} Datei ist nicht brauchbar</numerusform>
            <numerusform>{n} Dateien sind nicht brauchbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file is tried again…</source>
        <comment>{n} files are tried again…</comment>
        <translation>
            <numerusform>{n} Datei wird noch einmal versucht…</numerusform>
            <numerusform>{n} Dateien werden noch einmal versucht…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file not readable</source>
        <comment>{n} files not readable</comment>
        <translation>
            <numerusform>{n} Datei nicht lesbar</numerusform>
            <numerusform>{n} Dateien nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} folded</source>
        <comment>{n} folded</comment>
        <translation>
            <numerusform>{n} gestapelt</numerusform>
            <numerusform>{n} gestapelt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} folder could not be read.</source>
        <comment>{n} folders could not be read.</comment>
        <translation>
            <numerusform>{n} Ordner konnte nicht gelesen werden.</numerusform>
            <numerusform>{n} Ordner konnten nicht gelesen werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} folder is indexed</source>
        <comment>{n} folders are indexed</comment>
        <translation>
            <numerusform>{n} Ordner wird erfasst</numerusform>
            <numerusform>{n} Ordner werden erfasst</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} folder not connected</source>
        <comment>{n} folders not connected</comment>
        <translation>
            <numerusform>{n} Ordner nicht verbunden</numerusform>
            <numerusform>{n} Ordner nicht verbunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} folder or file</source>
        <comment>{n} folders and files</comment>
        <translation>
            <numerusform>{n} Ordner oder Datei</numerusform>
            <numerusform>{n} Ordner und Dateien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} folder or file is checked</source>
        <comment>{n} folders and files are checked</comment>
        <translation>
            <numerusform>{n} Ordner oder Datei wird geprüft</numerusform>
            <numerusform>{n} Ordner und Dateien werden geprüft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} gone</source>
        <comment>{n} gone</comment>
        <translation>
            <numerusform>{n} fehlt</numerusform>
            <numerusform>{n} fehlen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} group</source>
        <comment>{n} groups</comment>
        <translation>
            <numerusform>{n} Gruppe</numerusform>
            <numerusform>{n} Gruppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} group is reviewed: {size}</source>
        <comment>{n} groups are reviewed: {size}</comment>
        <translation>
            <numerusform>{n} Gruppe durchgesehen: {size}</numerusform>
            <numerusform>{n} Gruppen durchgesehen: {size}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} group of duplicates was found.</source>
        <comment>{n} groups of duplicates were found.</comment>
        <translation>
            <numerusform>{n} Gruppe von Duplikaten wurde gefunden.</numerusform>
            <numerusform>{n} Gruppen von Duplikaten wurden gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} has the content of another one that is there.</source>
        <comment>{n} have the content of others that are there.</comment>
        <translation>
            <numerusform>{n} hat den Inhalt einer anderen, die schon da ist.</numerusform>
            <numerusform>{n} haben den Inhalt anderer, die schon da sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} is new</source>
        <comment>{n} are new</comment>
        <translation>
            <numerusform>{n} ist neu</numerusform>
            <numerusform>{n} sind neu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} less like</source>
        <comment>{n} less like</comment>
        <translation>
            <numerusform>{n} weniger davon</numerusform>
            <numerusform>{n} weniger davon</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} match</source>
        <comment>{n} matches</comment>
        <translation>
            <numerusform>{n} Treffer</numerusform>
            <numerusform>{n} Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} match · {when}</source>
        <comment>{n} matches · {when}</comment>
        <translation>
            <numerusform>{n} Treffer · {when}</numerusform>
            <numerusform>{n} Treffer · {when}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} model is checked</source>
        <comment>{n} models are checked</comment>
        <translation>
            <numerusform>{n} Modell wird geprüft</numerusform>
            <numerusform>{n} Modelle werden geprüft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} more like</source>
        <comment>{n} more like</comment>
        <translation>
            <numerusform>{n} mehr davon</numerusform>
            <numerusform>{n} mehr davon</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} moved</source>
        <comment>{n} moved</comment>
        <translation>
            <numerusform>{n} verschoben</numerusform>
            <numerusform>{n} verschoben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} near-identical photo beside it; G folds it</source>
        <comment>{n} near-identical photos beside it; G folds them</comment>
        <translation>
            <numerusform>daneben {n} fast gleiches Foto; G stapelt es</numerusform>
            <numerusform>daneben {n} fast gleiche Fotos; G stapelt sie</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} near-identical photo folded; G shows it</source>
        <comment>{n} near-identical photos folded; G shows them</comment>
        <translation>
            <numerusform>{n} fast gleiches Foto gestapelt; G zeigt es</numerusform>
            <numerusform>{n} fast gleiche Fotos gestapelt; G zeigt sie</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} nearest photo</source>
        <comment>{n} nearest photos</comment>
        <translation>
            <numerusform>{n} nächstes Foto</numerusform>
            <numerusform>{n} nächste Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} new</source>
        <comment>{n} new</comment>
        <translation>
            <numerusform>{n} neu</numerusform>
            <numerusform>{n} neu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} new match of pinned queries.</source>
        <comment>{n} new matches of pinned queries.</comment>
        <translation>
            <numerusform>{n} neuer Treffer angehefteter Anfragen.</numerusform>
            <numerusform>{n} neue Treffer angehefteter Anfragen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} not in the library now</source>
        <comment>{n} not in the library now</comment>
        <translation>
            <numerusform>{n} zurzeit nicht in der Bibliothek</numerusform>
            <numerusform>{n} zurzeit nicht in der Bibliothek</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} not readable</source>
        <comment>{n} not readable</comment>
        <translation>
            <numerusform>{n} nicht lesbar</numerusform>
            <numerusform>{n} nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} other file is no photo</source>
        <comment>{n} other files are no photos</comment>
        <translation>
            <numerusform>{n} andere Datei ist kein Foto</numerusform>
            <numerusform>{n} andere Dateien sind keine Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} other file is no photo.</source>
        <comment>{n} other files are no photos.</comment>
        <translation>
            <numerusform>{n} andere Datei ist kein Foto.</numerusform>
            <numerusform>{n} andere Dateien sind keine Fotos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} past query</source>
        <comment>{n} past queries</comment>
        <translation>
            <numerusform>{n} frühere Suche</numerusform>
            <numerusform>{n} frühere Suchen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} path copied.</source>
        <comment>{n} paths copied.</comment>
        <translation>
            <numerusform>{n} Pfad kopiert.</numerusform>
            <numerusform>{n} Pfade kopiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} path was copied.</source>
        <comment>{n} paths were copied.</comment>
        <translation>
            <numerusform>{n} Pfad wurde kopiert.</numerusform>
            <numerusform>{n} Pfade wurden kopiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo</source>
        <comment>{n} photos</comment>
        <translation>
            <numerusform>{n} Foto</numerusform>
            <numerusform>{n} Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo added to “{name}”.</source>
        <comment>{n} photos added to “{name}”.</comment>
        <translation>
            <numerusform>{n} Foto zu „{name}“ hinzugefügt.</numerusform>
            <numerusform>{n} Fotos zu „{name}“ hinzugefügt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo embedded</source>
        <comment>{n} photos embedded</comment>
        <translation>
            <numerusform>{n} Foto eingelesen</numerusform>
            <numerusform>{n} Fotos eingelesen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is a match again.</source>
        <comment>{n} photos are matches again.</comment>
        <translation>
            <numerusform>{n} Foto ist wieder ein Treffer.</numerusform>
            <numerusform>{n} Fotos sind wieder Treffer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is back.</source>
        <comment>{n} photos are back.</comment>
        <translation>
            <numerusform>{n} Foto ist zurück.</numerusform>
            <numerusform>{n} Fotos sind zurück.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is hidden from now on.</source>
        <comment>{n} photos are hidden from now on.</comment>
        <translation>
            <numerusform>{n} Foto ist jetzt ausgeblendet.</numerusform>
            <numerusform>{n} Fotos sind jetzt ausgeblendet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is in the trash.</source>
        <comment>{n} photos are in the trash.</comment>
        <translation>
            <numerusform>{n} Foto ist im Papierkorb.</numerusform>
            <numerusform>{n} Fotos sind im Papierkorb.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is left out.</source>
        <comment>{n} photos are left out.</comment>
        <translation>
            <numerusform>{n} Foto wird ausgelassen.</numerusform>
            <numerusform>{n} Fotos werden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is no match</source>
        <comment>{n} photos are no match</comment>
        <translation>
            <numerusform>{n} Foto ist kein Treffer</numerusform>
            <numerusform>{n} Fotos sind keine Treffer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is no match for this question any more.</source>
        <comment>{n} photos are no match for this question any more.</comment>
        <translation>
            <numerusform>{n} Foto ist für diese Suche kein Treffer mehr.</numerusform>
            <numerusform>{n} Fotos sind für diese Suche keine Treffer mehr.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is not indexed yet</source>
        <comment>{n} photos are not indexed yet</comment>
        <translation>
            <numerusform>{n} Foto ist noch nicht erfasst</numerusform>
            <numerusform>{n} Fotos sind noch nicht erfasst</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is not pinned any more.</source>
        <comment>{n} photos are not pinned any more.</comment>
        <translation>
            <numerusform>{n} Foto ist nicht mehr angeheftet.</numerusform>
            <numerusform>{n} Fotos sind nicht mehr angeheftet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is not searchable</source>
        <comment>{n} photos are not searchable</comment>
        <translation>
            <numerusform>{n} Foto ist nicht durchsuchbar</numerusform>
            <numerusform>{n} Fotos sind nicht durchsuchbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is pinned.</source>
        <comment>{n} photos are pinned.</comment>
        <translation>
            <numerusform>{n} Foto ist angeheftet.</numerusform>
            <numerusform>{n} Fotos sind angeheftet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is shown again.</source>
        <comment>{n} photos are shown again.</comment>
        <translation>
            <numerusform>{n} Foto wird wieder gezeigt.</numerusform>
            <numerusform>{n} Fotos werden wieder gezeigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo of the list is gone or has changed.</source>
        <comment>{n} photos of the list are gone or have changed.</comment>
        <translation>
            <numerusform>{n} Foto der Liste ist weg oder hat sich geändert.</numerusform>
            <numerusform>{n} Fotos der Liste sind weg oder haben sich geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo passes</source>
        <comment>{n} photos pass</comment>
        <translation>
            <numerusform>{n} Foto passt</numerusform>
            <numerusform>{n} Fotos passen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo passes the filters</source>
        <comment>{n} photos pass the filters</comment>
        <translation>
            <numerusform>{n} Foto passt zu den Filtern</numerusform>
            <numerusform>{n} Fotos passen zu den Filtern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo selected</source>
        <comment>{n} photos selected</comment>
        <translation>
            <numerusform>{n} Foto gewählt</numerusform>
            <numerusform>{n} Fotos gewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo stays where it is.</source>
        <comment>{n} photos stay where they are.</comment>
        <translation>
            <numerusform>{n} Foto bleibt, wo es ist.</numerusform>
            <numerusform>{n} Fotos bleiben, wo sie sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo taken out of “{name}”.</source>
        <comment>{n} photos taken out of “{name}”.</comment>
        <translation>
            <numerusform>{n} Foto aus „{name}“ genommen.</numerusform>
            <numerusform>{n} Fotos aus „{name}“ genommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo to spare</source>
        <comment>{n} photos to spare</comment>
        <translation>
            <numerusform>{n} Foto entbehrlich</numerusform>
            <numerusform>{n} Fotos entbehrlich</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo was copied to “{name}”</source>
        <comment>{n} photos were copied to “{name}”</comment>
        <translation>
            <numerusform>{n} Foto wurde nach „{name}“ kopiert</numerusform>
            <numerusform>{n} Fotos wurden nach „{name}“ kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture</source>
        <comment>{n} pictures</comment>
        <translation>
            <numerusform>{n} Bild</numerusform>
            <numerusform>{n} Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture could not be had.</source>
        <comment>{n} pictures could not be had.</comment>
        <translation>
            <numerusform>{n} Bild war nicht zu bekommen.</numerusform>
            <numerusform>{n} Bilder waren nicht zu bekommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture is searched with</source>
        <comment>{n} pictures are searched with</comment>
        <translation>
            <numerusform>mit {n} Bild wird gesucht</numerusform>
            <numerusform>mit {n} Bildern wird gesucht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture joins the query</source>
        <comment>{n} pictures join the query</comment>
        <translation>
            <numerusform>{n} Bild kommt zur Suche dazu</numerusform>
            <numerusform>{n} Bilder kommen zur Suche dazu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture was left out.</source>
        <comment>{n} pictures were left out.</comment>
        <translation>
            <numerusform>{n} Bild wurde ausgelassen.</numerusform>
            <numerusform>{n} Bilder wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>{n} pixels</source>
        <translation>{n} Pixel</translation>
    </message>
    <message numerus="yes">
        <source>{n} problem was found</source>
        <comment>{n} problems were found</comment>
        <translation>
            <numerusform>{n} Fehler gefunden</numerusform>
            <numerusform>{n} Fehler gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} problem was found.</source>
        <comment>{n} problems were found.</comment>
        <translation>
            <numerusform>{n} Fehler wurde gefunden.</numerusform>
            <numerusform>{n} Fehler wurden gefunden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} query was cleared.</source>
        <comment>{n} queries were cleared.</comment>
        <translation>
            <numerusform>{n} Suche wurde aus dem Verlauf entfernt.</numerusform>
            <numerusform>{n} Suchen wurden aus dem Verlauf entfernt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} query was deleted from the history.</source>
        <comment>{n} queries were deleted from the history.</comment>
        <translation>
            <numerusform>{n} Suche wurde aus dem Verlauf gelöscht.</numerusform>
            <numerusform>{n} Suchen wurden aus dem Verlauf gelöscht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} selected</source>
        <comment>{n} selected</comment>
        <translation>
            <numerusform>{n} ausgewählt</numerusform>
            <numerusform>{n} ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} setting</source>
        <comment>{n} settings</comment>
        <translation>
            <numerusform>{n} Einstellung</numerusform>
            <numerusform>{n} Einstellungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} shot of one moment</source>
        <comment>{n} shots of one moment</comment>
        <translation>
            <numerusform>{n} Aufnahme eines Augenblicks</numerusform>
            <numerusform>{n} Aufnahmen eines Augenblicks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} thing to look at</source>
        <comment>{n} things to look at</comment>
        <translation>
            <numerusform>{n} Auffälligkeit</numerusform>
            <numerusform>{n} Auffälligkeiten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} waiting to be read</source>
        <comment>{n} waiting to be read</comment>
        <translation>
            <numerusform>{n} wartet darauf, gelesen zu werden</numerusform>
            <numerusform>{n} warten darauf, gelesen zu werden</numerusform>
        </translation>
    </message>
    <message>
        <source>{one} and {other} pixels</source>
        <translation>{one} und {other} Pixel</translation>
    </message>
    <message>
        <source>{part} of {whole}</source>
        <translation>{part} von {whole}</translation>
    </message>
    <message>
        <source>{part}, from all photos</source>
        <translation>{part}, aus allen Fotos</translation>
    </message>
    <message>
        <source>{part}, with other photos kept back ({number})</source>
        <translation>{part}, wobei andere Fotos zurückbehalten sind ({number})</translation>
    </message>
    <message>
        <source>{part}: step {step} of {steps}</source>
        <translation>{part}: Schritt {step} von {steps}</translation>
    </message>
    <message>
        <source>{part}: step {step} of {steps}, loss {loss}</source>
        <translation>{part}: Schritt {step} von {steps}, Fehler {loss}</translation>
    </message>
    <message numerus="yes">
        <source>{photos} of {n} subject</source>
        <comment>{photos} of {n} subjects</comment>
        <translation>
            <numerusform>{photos} von {n} Motiv</numerusform>
            <numerusform>{photos} von {n} Motiven</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{photos} with {n} label</source>
        <comment>{photos} with {n} labels</comment>
        <translation>
            <numerusform>{photos} mit {n} Bezeichnung</numerusform>
            <numerusform>{photos} mit {n} Bezeichnungen</numerusform>
        </translation>
    </message>
    <message>
        <source>{photos}, but none is near enough. Lower the least score, or take away a picture.</source>
        <translation>{photos}, aber keines ist nah genug. Die geforderte Ähnlichkeit senken oder ein Bild wegnehmen.</translation>
    </message>
    <message>
        <source>{photos}, {selected}, {zoom} times as large</source>
        <translation>{photos}, {selected}, {zoom}-fach vergrößert</translation>
    </message>
    <message>
        <source>{pictures}: list them</source>
        <translation>{pictures}: auflisten</translation>
    </message>
    <message>
        <source>{place}: {photos}</source>
        <translation>{place}: {photos}</translation>
    </message>
    <message>
        <source>{profile}, converted to sRGB</source>
        <translation>{profile}, nach sRGB umgerechnet</translation>
    </message>
    <message>
        <source>{recipe}, with the usual settings</source>
        <translation>{recipe}, mit den üblichen Einstellungen</translation>
    </message>
    <message>
        <source>{recipe}, {settings} changed</source>
        <translation>{recipe}, {settings} geändert</translation>
    </message>
    <message>
        <source>{said}, {strength}</source>
        <translation>{said}, {strength}</translation>
    </message>
    <message>
        <source>{searchable} of {photos} can be searched</source>
        <translation>{searchable} von {photos} durchsuchbar</translation>
    </message>
    <message>
        <source>{searchable} of {photos} searchable</source>
        <translation>{searchable} von {photos} durchsuchbar</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{sentence} That is the best so far.</source>
        <translation>{sentence} Das ist bisher das Beste.</translation>
    </message>
    <message>
        <source>{sentence} The best so far: {n}, at step {step}.</source>
        <translation>{sentence} Bisher am besten: {n}, bei Schritt {step}.</translation>
    </message>
    <message>
        <source>{sentence}. Press Delete to take it out.</source>
        <translation>{sentence}. Die Entf-Taste nimmt es heraus.</translation>
    </message>
    <message>
        <source>{share} % of the nearest photos are found</source>
        <translation>{share} % der nächsten Fotos werden gefunden</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of {n} match</source>
        <comment>{shown} of {n} matches</comment>
        <translation>
            <numerusform>{shown} von {n} Treffer</numerusform>
            <numerusform>{shown} von {n} Treffern</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} to spare</source>
        <translation>{size} entbehrlich</translation>
    </message>
    <message>
        <source>{size} were given back.</source>
        <translation>{size} wurden frei.</translation>
    </message>
    <message>
        <source>{time} per picture on one thread of this machine ({rate})</source>
        <translation>{time} je Bild auf einem Thread dieses Rechners ({rate})</translation>
    </message>
    <message>
        <source>{value} (between {low} and {high})</source>
        <translation>{value} (zwischen {low} und {high})</translation>
    </message>
    <message>
        <source>{verdict} (by thumbnail)</source>
        <translation>{verdict} (nach der Vorschau)</translation>
    </message>
    <message>
        <source>{verdict} · score {score}</source>
        <translation>{verdict} · Ähnlichkeit {score}</translation>
    </message>
    <message>
        <source>{verdict} · {percent} % sure</source>
        <translation>{verdict} · zu {percent} % sicher</translation>
    </message>
    <message>
        <source>{verdict}: {files}</source>
        <translation>{verdict}: {files}</translation>
    </message>
    <message>
        <source>{what} (Enter)</source>
        <translation>{what} (Eingabetaste)</translation>
    </message>
    <message>
        <source>{what}, which is in your library: it is looked through now.</source>
        <translation>{what}; der Ordner gehört zur Bibliothek und wird jetzt durchgesehen.</translation>
    </message>
    <message>
        <source>{what}; then it was cancelled.</source>
        <translation>{what}; dann wurde abgebrochen.</translation>
    </message>
    <message>
        <source>{when} · {recipe} · from {base}</source>
        <translation>{when} · {recipe} · aus {base}</translation>
    </message>
    <message>
        <source>{why} This is its thumbnail.</source>
        <translation>{why} Dies ist die Miniatur.</translation>
    </message>
    <message>
        <source>{why} This is the picture as the history keeps it.</source>
        <translation>{why} Dies ist das Bild, wie es der Verlauf aufbewahrt.</translation>
    </message>
    <message>
        <source>“Adapt to the look of my photos”, an expert option, changes less: worth a try with few photos.</source>
        <translation>„An das Aussehen meiner Fotos anpassen“, eine Option für Experten, ändert weniger: mit wenigen Fotos einen Versuch wert.</translation>
    </message>
    <message>
        <source>“As the system” follows its light and dark, and its wish for more contrast.</source>
        <translation>„Wie das System“ folgt seinem Hell und Dunkel und seinem Wunsch nach mehr Kontrast.</translation>
    </message>
    <message>
        <source>“Not a match” in the results keeps a photo away from a question.</source>
        <translation>„Kein Treffer“ in den Ergebnissen hält ein Foto von einer Frage fern.</translation>
    </message>
    <message>
        <source>“Not a match” needs a question.</source>
        <translation>„Kein Treffer“ braucht eine Suche.</translation>
    </message>
    <message>
        <source>“Quick” changes less, and is worth a try with few photos.</source>
        <translation>„Schnell“ ändert weniger und ist mit wenigen Fotos einen Versuch wert.</translation>
    </message>
    <message>
        <source>“Reduced”: nothing moves or fades by itself, but what you start, such as pictures in turn.</source>
        <translation>„Verringert“: Nichts bewegt sich oder blendet von selbst, außer was Sie starten, etwa Bilder im Wechsel.</translation>
    </message>
    <message>
        <source>“Thorough” changes more, and is worth a try with many photos.</source>
        <translation>„Gründlich“ ändert mehr und ist mit vielen Fotos einen Versuch wert.</translation>
    </message>
    <message>
        <source>“official” downloads what its authors published, once; “random” begins anew; or the path of a file.</source>
        <translation>„official“ lädt einmal, was die Autoren veröffentlicht haben; „random“ beginnt neu; oder der Pfad einer Datei.</translation>
    </message>
    <message>
        <source>“{command}” has these keys now, and would lose them.</source>
        <translation>„{command}“ hat diese Tasten jetzt und würde sie verlieren.</translation>
    </message>
    <message>
        <source>“{name}” ({recipe}) was stopped before its end. With the same photos, labels and options it goes on from there.</source>
        <translation>„{name}“ ({recipe}) wurde vor dem Ende angehalten. Mit denselben Fotos, Bezeichnungen und Einstellungen geht es dort weiter.</translation>
    </message>
    <message>
        <source>“{name}” answers for now, with the photos that it has embedded.</source>
        <translation>„{name}“ antwortet vorläufig, mit den Fotos, die es eingelesen hat.</translation>
    </message>
    <message>
        <source>“{name}” answers searches now.</source>
        <translation>„{name}“ beantwortet jetzt die Suchen.</translation>
    </message>
    <message>
        <source>“{name}” answers searches.</source>
        <translation>„{name}“ beantwortet Suchen.</translation>
    </message>
    <message>
        <source>“{name}” cannot be deleted: {why}.</source>
        <translation>„{name}“ lässt sich nicht löschen: {why}.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read from where it is</source>
        <translation>„{name}“ kann von dort nicht gelesen werden</translation>
    </message>
    <message>
        <source>“{name}” cannot be written in {folder}: {why}.</source>
        <translation>„{name}“ kann in {folder} nicht geschrieben werden: {why}.</translation>
    </message>
    <message>
        <source>“{name}” could not be started.</source>
        <translation>„{name}“ ließ sich nicht starten.</translation>
    </message>
    <message>
        <source>“{name}” has learned, and is better on your photos.</source>
        <translation>„{name}“ hat gelernt und ist bei Ihren Fotos besser.</translation>
    </message>
    <message>
        <source>“{name}” has learned, but is not better on your photos.</source>
        <translation>„{name}“ hat gelernt, ist bei Ihren Fotos aber nicht besser.</translation>
    </message>
    <message>
        <source>“{name}” is a video</source>
        <translation>„{name}“ ist ein Video</translation>
    </message>
    <message>
        <source>“{name}” is among your models now.</source>
        <translation>„{name}“ ist jetzt bei Ihren Modellen.</translation>
    </message>
    <message>
        <source>“{name}” is among your models.</source>
        <translation>„{name}“ ist bei Ihren Modellen.</translation>
    </message>
    <message>
        <source>“{name}” is among your models; another one answers searches.</source>
        <translation>„{name}“ ist bei Ihren Modellen; ein anderes beantwortet Suchen.</translation>
    </message>
    <message>
        <source>“{name}” is better on photos of yours that were kept back.</source>
        <translation>„{name}“ ist besser, bei zurückgehaltenen Fotos von Ihnen.</translation>
    </message>
    <message>
        <source>“{name}” is checked as a model</source>
        <translation>„{name}“ wird als Modell geprüft</translation>
    </message>
    <message>
        <source>“{name}” is gone, or was changed.</source>
        <translation>„{name}“ ist weg oder wurde geändert.</translation>
    </message>
    <message>
        <source>“{name}” is in {folder} now.</source>
        <translation>„{name}“ liegt jetzt in {folder}.</translation>
    </message>
    <message>
        <source>“{name}” is indexed</source>
        <translation>„{name}“ wird erfasst</translation>
    </message>
    <message>
        <source>“{name}” is indexed next.</source>
        <translation>„{name}“ wird als Nächstes erfasst.</translation>
    </message>
    <message>
        <source>“{name}” is not a picture</source>
        <translation>„{name}“ ist kein Bild</translation>
    </message>
    <message>
        <source>“{name}” is not better on photos of yours that were kept back.</source>
        <translation>„{name}“ ist nicht besser, bei zurückgehaltenen Fotos von Ihnen.</translation>
    </message>
    <message>
        <source>“{name}” is not in the library</source>
        <translation>„{name}“ ist nicht in der Bibliothek</translation>
    </message>
    <message>
        <source>“{name}” is not there</source>
        <translation>„{name}“ ist nicht da</translation>
    </message>
    <message>
        <source>“{name}” lies in a reference folder, and stays.</source>
        <translation>„{name}“ liegt in einem Referenzordner und bleibt.</translation>
    </message>
    <message>
        <source>“{name}” may not be read</source>
        <translation>„{name}“ darf nicht gelesen werden</translation>
    </message>
    <message>
        <source>“{name}” takes over once it has embedded every photo.</source>
        <translation>„{name}“ übernimmt, sobald es alle Fotos eingelesen hat.</translation>
    </message>
    <message>
        <source>“{name}” was added.</source>
        <translation>„{name}“ wurde hinzugefügt.</translation>
    </message>
    <message>
        <source>“{name}” was checked.</source>
        <translation>„{name}“ wurde geprüft.</translation>
    </message>
    <message numerus="yes">
        <source>“{name}” was made, with {n} photo.</source>
        <comment>“{name}” was made, with {n} photos.</comment>
        <translation>
            <numerusform>„{name}“ wurde angelegt, mit {n} Foto.</numerusform>
            <numerusform>„{name}“ wurde angelegt, mit {n} Fotos.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}” was not added.</source>
        <translation>„{name}“ wurde nicht hinzugefügt.</translation>
    </message>
    <message>
        <source>“{name}” was removed.</source>
        <translation>„{name}“ wurde entfernt.</translation>
    </message>
    <message>
        <source>“{name}” was saved.</source>
        <translation>„{name}“ wurde gespeichert.</translation>
    </message>
    <message>
        <source>“{name}” was written and checked: {size}.</source>
        <translation>„{name}“ wurde geschrieben und geprüft: {size}.</translation>
    </message>
    <message>
        <source>“{part}” in its name</source>
        <translation>„{part}“ im Namen</translation>
    </message>
    <message numerus="yes">
        <source>“{title}” has {n} new match.</source>
        <comment>“{title}” has {n} new matches.</comment>
        <translation>
            <numerusform>„{title}“ hat {n} neuen Treffer.</numerusform>
            <numerusform>„{title}“ hat {n} neue Treffer.</numerusform>
        </translation>
    </message>
    <message>
        <source>“{title}” was deleted from the history.</source>
        <translation>„{title}“ wurde aus dem Verlauf gelöscht.</translation>
    </message>
    <message>
        <source>✓ same</source>
        <translation>✓ gleiches</translation>
    </message>
    <message>
        <source>✗ other</source>
        <translation>✗ anderes</translation>
    </message>
</context>
</TS>
