"""LibreOffice as somebody who reviews a Word file: saves it anew, accepts or rejects its tracked changes."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .tools import program

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LIBRARY = 'xmlns:library="http://openoffice.org/2000/library"'
_STANDARD = f'{_HEAD}<library:library {_LIBRARY} library:name="Standard" library:readonly="false" library:passwordprotected="false">'
_LIBRARIES = f'{_HEAD}<library:libraries {_LIBRARY}><library:library library:name="Standard" library:link="false"/></library:libraries>'
_MACRO = f"""{_HEAD}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Review" script:language="StarBasic">
Sub Save(command As String, source As String, target As String)
  Dim opening(0) As New com.sun.star.beans.PropertyValue
  opening(0).Name = "Hidden"
  opening(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, opening())
  If command &lt;&gt; "Nothing" Then
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; command, "", 0, Array())
  End If
  Dim saving(0) As New com.sun.star.beans.PropertyValue
  saving(0).Name = "FilterName"
  saving(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, saving())
  document.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""

ACCEPT, REJECT, NOTHING = "AcceptAllTrackedChanges", "RejectAllTrackedChanges", "Nothing"


def saved_by_libreoffice(data: bytes, folder: Path, command: str = NOTHING) -> bytes:
    """A Word file opened by LibreOffice, a command run on it, and saved anew."""
    soffice = program("soffice")
    start = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    basic = folder / "profile" / "user" / "basic"
    if not basic.exists():  # a new profile would write its own over the macro
        subprocess.run([*start, "--terminate_after_init"], capture_output=True, check=True, timeout=180)
    (basic / "script.xlc").write_text(_LIBRARIES, encoding="utf-8")
    (basic / "dialog.xlc").write_text(_LIBRARIES, encoding="utf-8")
    module = '<library:element library:name="Review"/>'
    (basic / "Standard" / "script.xlb").write_text(f"{_STANDARD}{module}</library:library>", encoding="utf-8")
    (basic / "Standard" / "dialog.xlb").write_text(f"{_STANDARD}</library:library>", encoding="utf-8")
    (basic / "Standard" / "Review.xba").write_text(_MACRO, encoding="utf-8")
    source, target = folder / "source.docx", folder / "target.docx"
    source.write_bytes(data)
    target.unlink(missing_ok=True)
    macro = f"macro:///Standard.Review.Save({command},{source.as_uri()},{target.as_uri()})"
    # LibreOffice 7.4 may crash on its way out, when all is written: what counts is the file.
    subprocess.run([*start, macro], capture_output=True, check=False, timeout=180)
    return target.read_bytes()
