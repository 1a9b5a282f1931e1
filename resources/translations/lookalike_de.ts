<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name></name>
    <message>
        <source>Activity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder with photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder with photos, or wait until the first ones are indexed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder… (Ctrl+Shift+O)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add to the query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the query before (Alt+Left)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Building the index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel indexing; what is done is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one in the settings of your system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the history?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the history…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close (Escape)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Copy path</source>
        <comment>Copy {n} paths</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy picture	Ctrl+C</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Don’t download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download this picture from {host}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download this picture?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloading from {site}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a photo to find its lookalikes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop or copy a photo or a folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedding again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FOLDERS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files that are not searchable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the history by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find lookalikes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find lookalikes of the current result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find lookalikes of this	L</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find lookalikes of this photo (L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Find lookalikes of this {n} picture</source>
        <comment>Find lookalikes of these {n} pictures</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Finishing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the window, or 100 % (0, 1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward to the next query (Alt+Right)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HISTORY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History of queries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold Shift to add to the query.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index its folder again to renew it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index these folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Index this folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indexing stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Indexing was cancelled; what was done is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has moved: choose where…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>It is compared with {n} photo in your folders.</source>
        <comment>It is compared with {n} photos in your folders.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It is compared with {n} photo so far; more are being indexed.</source>
        <comment>It is compared with {n} photos so far; more are being indexed.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>It may have been moved, or its drive is not connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its drive is not connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its photos become searchable.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its photos stay where they are, but no longer appear among the lookalikes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less like this	-</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Less like {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Library: {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for changes now (F5)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lookalike has a fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model and processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More like this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More like this	+</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More like {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move through the results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next photo (Right)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No copies of this picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No folder yet. Lookalike finds photos in the folders you add.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No photo is searchable yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No picture chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No program opens “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No query has such a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open	Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in the viewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open log folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open with the default program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the library…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Past queries are forgotten, except pinned ones. Your photos stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos like all of its pictures come first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photos that show something alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pictures you search with are kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin or unpin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview; again to close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous photo (Left)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of indexing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RECENT</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from the library…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove this folder?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove “{name}” from the library?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving the index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scanning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search again: {title}, {detail}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search with one more picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search with this picture alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searchable photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in file manager	Ctrl+Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Similar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong, and it is our fault</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch to Similar for photos that show something alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take away a filter or one of the pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take out of the query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take {name} out of the query</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The library could not be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The path is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same picture: re-saved, resized, mirrored or turned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The site will see your network address, as it does when you open it in a browser.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The thumbnail of this photo is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Then drop any picture to find its lookalikes.
Your photos stay where they are, and nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no picture in that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no “{path}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They are tried again when they change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thumbnail size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome. Drop a folder with your photos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What counts as a match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to do with {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is “{name}” now?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which files are not searchable, and why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are asked before anything is downloaded from {host}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your photos and what Lookalike knows about them are safe. You can go on, or restart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your photos are being indexed. You can search as soon as the first ones are in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>below here it is chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>identical</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>in {n} photo · {time}</source>
        <comment>in {n} photos · {time}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>less like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>near</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not connected · {photos}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>part of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>score {figures}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken {moment}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>very near</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{closeness}, distance {distance}, rank {rank}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{first} and {n} more</source>
        <comment>{first} and {n} more</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{found}, {new} new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{minutes} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} · {dim}-d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number} photos/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} added</source>
        <comment>{n} added</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} changed</source>
        <comment>{n} changed</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} file not readable</source>
        <comment>{n} files not readable</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} folder not connected</source>
        <comment>{n} folders not connected</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} gone</source>
        <comment>{n} gone</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} match</source>
        <comment>{n} matches</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} match · {when}</source>
        <comment>{n} matches · {when}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} moved</source>
        <comment>{n} moved</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} other file is no photo.</source>
        <comment>{n} other files are no photos.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} path copied.</source>
        <comment>{n} paths copied.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo</source>
        <comment>{n} photos</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} photo could not be read</source>
        <comment>{n} photos could not be read</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{searchable} of {photos} searchable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{sentence}. Press Delete to take it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is indexed next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{title}” was deleted from the history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>− less like</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
