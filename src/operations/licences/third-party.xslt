<?xml version="1.0" encoding="utf-8" ?>
<!-- The list of packages and licences, made from the bill of materials. A licence that is not in the list below ends the
     publish: read it, and add it with its text, or choose another package. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:b="http://cyclonedx.org/schema/bom/1.6">
  <xsl:output method="text" encoding="utf-8" />
  <xsl:variable name="accepted" select="'|MIT|Apache-2.0|BSD-2-Clause|PostgreSQL|MS-PL|'" />

  <xsl:template match="/">
    <xsl:text>VoteTracker contains these packages of others. The folder "licences" has the text of each licence.&#10;</xsl:text>
    <xsl:text>A self-contained folder also contains the .NET runtime: MIT, (c) .NET Foundation and contributors.&#10;&#10;</xsl:text>
    <!-- Analyzers and build tools are excluded: they are not in the folder. -->
    <xsl:for-each select="b:bom/b:components/b:component[not(b:scope = 'excluded')]">
      <xsl:sort select="b:name" />
      <xsl:value-of select="concat(b:name, ' ', b:version, ': ')" />
      <xsl:call-template name="licence" />
      <xsl:if test="b:copyright">
        <xsl:value-of select="concat('. ', normalize-space(b:copyright))" />
      </xsl:if>
      <!-- In an element alone, the line break would be ignored. -->
      <xsl:value-of select="'&#10;'" />
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="licence">
    <xsl:variable name="known" select="b:licenses/b:license/b:id[contains($accepted, concat('|', ., '|'))]" />
    <xsl:choose>
      <!-- Its package has a file that says so, and no identifier of a licence. -->
      <xsl:when test="b:name = 'SQLite'">public domain</xsl:when>
      <xsl:when test="$known">
        <!-- Of several to choose from, the first one that is accepted. -->
        <xsl:value-of select="$known[1]" />
      </xsl:when>
      <xsl:otherwise>
        <xsl:message terminate="yes">
          <xsl:value-of
            select="concat('The licence of ', b:name, ' ', b:version, ' is not accepted: ', normalize-space(b:licenses), '. See src/operations/licences.')"
          />
        </xsl:message>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
