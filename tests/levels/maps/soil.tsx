<?xml version="1.0" encoding="UTF-8"?>
<tileset version="1.10" tiledversion="1.10.2" name="soil" tilewidth="32" tileheight="32" tilecount="32" columns="4">
 <image source="soil.png" width="128" height="256"/>
 <tile id="0">
  <properties>
   <property name="soil" propertytype="soil" value="bedrock"/>
  </properties>
 </tile>
 <tile id="1">
  <properties>
   <property name="soil" propertytype="soil" value="bedrock"/>
  </properties>
 </tile>
 <tile id="2">
  <properties>
   <property name="soil" propertytype="soil" value="bedrock"/>
  </properties>
 </tile>
 <tile id="3">
  <properties>
   <property name="soil" propertytype="soil" value="bedrock"/>
  </properties>
 </tile>
 <tile id="4">
  <properties>
   <property name="soil" propertytype="soil" value="duricrust"/>
  </properties>
 </tile>
 <tile id="5">
  <properties>
   <property name="soil" propertytype="soil" value="duricrust"/>
  </properties>
 </tile>
 <tile id="6">
  <properties>
   <property name="soil" propertytype="soil" value="duricrust"/>
  </properties>
 </tile>
 <tile id="7">
  <properties>
   <property name="soil" propertytype="soil" value="duricrust"/>
  </properties>
 </tile>
 <tile id="8">
  <properties>
   <property name="soil" propertytype="soil" value="crusty_cloddy"/>
  </properties>
 </tile>
 <tile id="9">
  <properties>
   <property name="soil" propertytype="soil" value="crusty_cloddy"/>
  </properties>
 </tile>
 <tile id="10">
  <properties>
   <property name="soil" propertytype="soil" value="crusty_cloddy"/>
  </properties>
 </tile>
 <tile id="11">
  <properties>
   <property name="soil" propertytype="soil" value="crusty_cloddy"/>
  </properties>
 </tile>
 <tile id="12">
  <properties>
   <property name="soil" propertytype="soil" value="compact_sand"/>
  </properties>
 </tile>
 <tile id="13">
  <properties>
   <property name="soil" propertytype="soil" value="compact_sand"/>
  </properties>
 </tile>
 <tile id="14">
  <properties>
   <property name="soil" propertytype="soil" value="compact_sand"/>
  </properties>
 </tile>
 <tile id="15">
  <properties>
   <property name="soil" propertytype="soil" value="compact_sand"/>
  </properties>
 </tile>
 <tile id="16">
  <properties>
   <property name="soil" propertytype="soil" value="tar_crest"/>
  </properties>
 </tile>
 <tile id="17">
  <properties>
   <property name="soil" propertytype="soil" value="tar_crest"/>
  </properties>
 </tile>
 <tile id="18">
  <properties>
   <property name="soil" propertytype="soil" value="tar_crest"/>
  </properties>
 </tile>
 <tile id="19">
  <properties>
   <property name="soil" propertytype="soil" value="tar_crest"/>
  </properties>
 </tile>
 <tile id="20">
  <properties>
   <property name="soil" propertytype="soil" value="loose_sand"/>
  </properties>
 </tile>
 <tile id="21">
  <properties>
   <property name="soil" propertytype="soil" value="loose_sand"/>
  </properties>
 </tile>
 <tile id="22">
  <properties>
   <property name="soil" propertytype="soil" value="loose_sand"/>
  </properties>
 </tile>
 <tile id="23">
  <properties>
   <property name="soil" propertytype="soil" value="loose_sand"/>
  </properties>
 </tile>
 <tile id="24">
  <properties>
   <property name="soil" propertytype="soil" value="drift_dust"/>
  </properties>
 </tile>
 <tile id="25">
  <properties>
   <property name="soil" propertytype="soil" value="drift_dust"/>
  </properties>
 </tile>
 <tile id="26">
  <properties>
   <property name="soil" propertytype="soil" value="drift_dust"/>
  </properties>
 </tile>
 <tile id="27">
  <properties>
   <property name="soil" propertytype="soil" value="drift_dust"/>
  </properties>
 </tile>
 <tile id="28">
  <properties>
   <property name="soil" propertytype="soil" value="fresh_ejecta"/>
  </properties>
 </tile>
 <tile id="29">
  <properties>
   <property name="soil" propertytype="soil" value="fresh_ejecta"/>
  </properties>
 </tile>
 <tile id="30">
  <properties>
   <property name="soil" propertytype="soil" value="fresh_ejecta"/>
  </properties>
 </tile>
 <tile id="31">
  <properties>
   <property name="soil" propertytype="soil" value="fresh_ejecta"/>
  </properties>
 </tile>
</tileset>
